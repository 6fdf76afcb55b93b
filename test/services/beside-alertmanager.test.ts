import { expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestDaemon, until } from "../support/daemon";
import { freePort, startAlertmanager } from "./servers";

/** The real Alertmanager is given the same alerts as the desk, and their receiver is down in between. */

const alerts = 500;
const everyMs = 20;
/** Of the alerts, while the receiver is down. */
const down = { from: 150, to: 350 };
/** Each source raises 100 alerts a window at most. */
const sources = 10;

const folder = mkdtempSync(join(tmpdir(), "virtuoso-beside-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Counts how often each alert arrived, on one port that may be closed for a time. */
class Receiver implements Disposable {
  readonly #port = freePort();
  readonly times = new Map<string, number>();
  #server: ReturnType<typeof Bun.serve> | null = null;

  constructor(private readonly symbolsOf: (body: unknown) => readonly string[]) {
    this.open();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  open(): void {
    this.#server = Bun.serve({
      hostname: "127.0.0.1",
      port: this.#port,
      fetch: async (request) => {
        for (const symbol of this.symbolsOf(await request.json()))
          this.times.set(symbol, (this.times.get(symbol) ?? 0) + 1);
        return new Response();
      },
    });
  }

  /** Whoever connects is refused. */
  async close(): Promise<void> {
    await this.#server?.stop(true);
    this.#server = null;
  }

  get result(): { readonly arrived: number; readonly lost: number; readonly repeated: number } {
    const counts = [...this.times.values()];
    return {
      arrived: counts.length,
      lost: alerts - counts.length,
      repeated: counts.reduce((sum, count) => sum + count - 1, 0),
    };
  }

  [Symbol.dispose](): void {
    void this.close();
  }
}

const symbolAt = (index: number) => `B${String(index).padStart(4, "0")}USDT`;

test("of the same alerts the desk loses none that the real Alertmanager delivers, and repeats none", async () => {
  using ofAlertmanager = new Receiver((body) =>
    (body as { alerts: { labels: { symbol: string } }[] }).alerts.map(({ labels }) => labels.symbol),
  );
  using ofDesk = new Receiver((body) => [(body as { data: { alert: { symbol: string } } }).data.alert.symbol]);
  const config = join(folder, "alertmanager.yml");
  writeFileSync(
    config,
    `route: { receiver: hook, group_by: ["..."], group_wait: 100ms, group_interval: 2s, repeat_interval: 4h }
receivers: [{ name: hook, webhook_configs: [{ url: "${ofAlertmanager.url}" }] }]
`,
  );
  await using alertmanager = await startAlertmanager(folder, config);
  const folders = Array.from(
    { length: sources },
    (_, index) => `{ kind: "reports", name: "s${index}", dir: "FOLDER/reports/s${index}", maxAlerts: 100 }`,
  );
  await using desk = await startTestDaemon({
    scanning: false,
    config: `export default { monitoring: { scan_interval: 1 }, sources: [${folders.join(", ")}],
      channels: [{ kind: "webhook", name: "hook", url: "${ofDesk.url}" }] };`,
    before: (home) => folders.forEach((_, index) => mkdirSync(join(home, `reports/s${index}`), { recursive: true })),
  });

  for (let index = 0; index < alerts; index++) {
    if (index === down.from) await Promise.all([ofAlertmanager.close(), ofDesk.close()]);
    if (index === down.to) [ofAlertmanager, ofDesk].forEach((receiver) => receiver.open());
    const symbol = symbolAt(index);
    const sent = fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ labels: { alertname: "signal", symbol }, annotations: { summary: `${symbol} long` } }]),
    });
    desk.drop(`s${index % sources}/${symbol}.json`, {
      symbol,
      signal_type: "BUY",
      confluence_score: 92,
      reliability: 1,
      price: 100,
      timestamp: Date.now(),
    });
    expect((await sent).status).toBe(200);
    await Bun.sleep(everyMs);
  }

  await until("the desk's alerts", () => ofDesk.result.lost === 0, 120_000);
  // It is given as long; what it does not send by then it has lost.
  const deadline = Date.now() + 60_000;
  while (ofAlertmanager.result.lost > 0 && Date.now() < deadline) await Bun.sleep(100);
  process.stdout.write(
    `${alerts} alerts, receiver down for ${down.to - down.from} of them: ` +
      `the desk ${describe(ofDesk)}; Alertmanager ${describe(ofAlertmanager)}\n`,
  );
  expect(ofDesk.result).toEqual({ arrived: alerts, lost: 0, repeated: 0 });
}, 240_000);

function describe({ result: { arrived, lost, repeated } }: Receiver): string {
  return `delivered ${arrived}, lost ${lost}, repeated ${repeated}`;
}
