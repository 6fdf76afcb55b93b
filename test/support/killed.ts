import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Running } from "../commands/running";

/** A desk as a real process, in a folder of its own; it ends as its owner does, or as a power cut does. */
export class DaemonProcess implements AsyncDisposable {
  readonly data: string;
  readonly reports: string;
  readonly #running: Running;
  url = "";

  private constructor(readonly folder: string) {
    this.data = join(folder, "data");
    this.reports = join(folder, "reports");
    mkdirSync(this.reports, { recursive: true });
    this.#running = new Running(
      ["serve", "--port", "0", "--data", this.data, "--reports", this.reports, "--log-format", "json"],
      folder,
    );
  }

  static async start(folder: string): Promise<DaemonProcess> {
    const daemon = new DaemonProcess(folder);
    daemon.url = (await daemon.#running.says(/ready (http\S+)\/dashboard/))[1] ?? "";
    return daemon;
  }

  get log(): string {
    return this.#running.err;
  }

  /** Drops a report for each symbol and waits until all are signals. */
  async receive(...symbols: string[]): Promise<void> {
    for (const symbol of symbols)
      writeFileSync(
        join(this.reports, `${symbol}.json`),
        JSON.stringify({ symbol, signal: "BUY", score: 80, timestamp: Date.now() }),
      );
    const until = Date.now() + 20_000;
    while (!symbols.every((symbol) => this.#known.has(symbol))) {
      if (Date.now() > until) throw new Error(`it never saw all of ${symbols.join(", ")}`);
      for (const symbol of await this.symbols()) this.#known.add(symbol);
      await Bun.sleep(20);
    }
  }
  readonly #known = new Set<string>();

  async symbols(): Promise<string[]> {
    const { items } = (await (await fetch(`${this.url}/api/signals?limit=100`)).json()) as {
      items: { symbol: string }[];
    };
    return items.map(({ symbol }) => symbol).toSorted();
  }

  async epoch(): Promise<string> {
    return ((await (await fetch(`${this.url}/api/events?after=0`)).json()) as { epoch: string }).epoch;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    await this.#running[Symbol.asyncDispose]();
  }

  async stop(): Promise<number> {
    this.#running.signal("SIGTERM");
    return await this.#running.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
