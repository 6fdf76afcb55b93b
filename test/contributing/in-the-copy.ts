import { join } from "node:path";
import { startTestDaemon, until } from "../support/daemon";

/** Run in a copy of the tree with what the README adds to it: prints what is there of each addition, as JSON. */

const root = join(import.meta.dir, "../..");
const ticket: unknown = await Bun.file(join(root, "test/fixtures/order-tickets/buy.json")).json();

await using daemon = await startTestDaemon();
daemon.drop("ticket.json", ticket);
const signals = await until("the signal of the ticket", async () => {
  const { items } = await daemon.get<{ items: { symbol: string; score: number }[] }>("/api/signals");
  return items.length > 0 ? items : null;
});
const metrics = await until("the first scan", async () => {
  const page = await (await fetch(`${daemon.url}/metrics`)).text();
  return page.includes('virtuoso_scan_duration_seconds_count{scanner="entries"} 1') ? page : null;
});
const { checks } = await daemon.get<{ checks: Record<string, unknown> }>("/api/dashboard/health");
const [list, page] = await Promise.all([fetch(`${daemon.url}/api/files`), fetch(`${daemon.url}/files`)]);
const html = await page.text();
const module = /\.\/ui\/pages\/files-page\.\w+\.js/.exec(html)?.[0];

process.stdout.write(
  JSON.stringify({
    signals: signals.map(({ symbol, score }) => ({ symbol, score })),
    readBy: await run("read", join(daemon.reports, "ticket.json"), "--data", daemon.data),
    scanned: metrics.includes('virtuoso_scans_total{scanner="entries",outcome="succeeded"} 1'),
    counted: metrics.includes('virtuoso_scans_total{scanner="entries",outcome="failed"} 0'),
    gauge: /^virtuoso_data_folder_entries [1-9]\d*$/m.test(metrics),
    check: checks["entries"],
    list: await list.json(),
    byCommand: await run("files", "--data", daemon.data, "-o", "ids"),
    byAddress: await run("files", "--url", daemon.url, "-o", "ids"),
    page: page.status,
    module: module === undefined ? "" : await (await fetch(new URL(module, `${daemon.url}/`))).text(),
  }),
);

/** What a command prints. */
async function run(...words: string[]): Promise<string> {
  const { stdout } = Bun.spawn([process.execPath, "src/cli.ts", ...words], { cwd: root, stderr: "inherit" });
  return await new Response(stdout).text();
}
