import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestDaemon, until } from "../support/daemon";

/** Prometheus' own tools judge what the daemon exposes. */

test("promtool finds nothing wrong with /metrics", async () => {
  await using desk = await startTestDaemon();
  desk.drop("strong.json", { symbol: "BTCUSDT", signal: "BUY", score: 91, reliability: 0.9, price: 43_000 });
  await until("the alert", async () => (await desk.get<{ items: unknown[] }>("/api/alerts")).items[0]);
  const exposed = await (await fetch(`${desk.url}/metrics`)).text();
  const promtool = Bun.spawn(["promtool", "check", "metrics"], { stdin: new Blob([exposed]), stdout: "pipe", stderr: "pipe" });
  const said = (await new Response(promtool.stdout).text()) + (await new Response(promtool.stderr).text());
  expect(said).toBe("");
  expect(await promtool.exited).toBe(0);
});

test("a real Prometheus scrapes the daemon and finds the alert", async () => {
  await using desk = await startTestDaemon();
  desk.drop("strong.json", { symbol: "BTCUSDT", signal: "BUY", score: 91, reliability: 0.9, price: 43_000 });
  await until("the alert", async () => (await desk.get<{ items: unknown[] }>("/api/alerts")).items[0]);
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-prometheus-"));
  const port = await freePort();
  writeFileSync(join(folder, "prometheus.yml"), `scrape_configs: [{ job_name: virtuoso, scrape_interval: 1s, static_configs: [{ targets: ["${new URL(desk.url).host}"] }] }]\n`);
  const prometheus = Bun.spawn(
    ["prometheus", `--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/tsdb`, `--web.listen-address=127.0.0.1:${port}`, "--log.level=error"],
    { stdout: "ignore", stderr: "inherit" },
  );
  try {
    const query = encodeURIComponent('virtuoso_alerts_total{type="SIGNAL",priority="high"}');
    const found = await until("the scraped counter", () => ask(`http://127.0.0.1:${port}/api/v1/query?query=${query}`), 30_000);
    expect(found).toBe("1");
  } finally {
    prometheus.kill();
    await prometheus.exited;
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

interface Answer {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}

/** The first value Prometheus answers; null while it does not listen, is not ready or knows none. */
async function ask(url: string): Promise<string | null> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    if (error instanceof Error && "code" in error && /ECONNREFUSED|ConnectionRefused/.test(String(error.code))) return null;
    throw error;
  }
  if (response.status === 503) return null;
  return ((await response.json()) as Answer).data.result[0]?.value[1] ?? null;
}

async function freePort(): Promise<number> {
  const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = server;
  server.stop(true);
  return port;
}
