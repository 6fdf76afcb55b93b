import { expect, test } from "bun:test";
import { startTestDaemon, until } from "../support/daemon";

/** What a scraper meets at /metrics. */

test("a scrape speaks the format it is asked for, gzipped where that is accepted", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  const ask = (headers: Record<string, string>) => fetch(`${daemon.url}/metrics`, { headers });
  const text = await ask({ accept: "*/*", "accept-encoding": "identity" });
  expect(text.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(text.headers.get("content-encoding")).toBeNull();
  expect(await text.text()).toContain("# TYPE virtuoso_reports_total counter\n");
  const open = await ask({ accept: "application/openmetrics-text;version=1.0.0", "accept-encoding": "gzip" });
  expect(open.headers.get("content-type")).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
  expect(open.headers.get("content-encoding")).toBe("gzip");
  expect(await open.text()).toContain("# EOF");
  const again = await ask({ "accept-encoding": "gzip;q=0" });
  expect(again.headers.get("content-encoding")).toBeNull();
  expect(await again.text()).toContain("# TYPE virtuoso_reports_total counter\n");
});

test("what strangers ask for makes no series: paths, methods, symbols", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  const seriesNow = async () =>
    new Set((await (await fetch(`${daemon.url}/metrics`)).text()).split("\n").map((line) => line.split(" ")[0]));
  const stray = async (round: number) => {
    for (let index = 0; index < 30; index++) {
      const answers = await Promise.all([
        fetch(`${daemon.url}/no/such/path-${round}-${index}`),
        fetch(`${daemon.url}/api/symbols/S${round}X${index}USDT`),
        fetch(`${daemon.url}/api/signals?symbol=S${round}X${index}USDT`),
        fetch(`${daemon.url}/api/alerts/a${round}${index}`),
        fetch(`${daemon.url}/healthz`, {
          method: `ODD${String.fromCharCode(65 + index)}${String.fromCharCode(65 + round)}`,
        }),
      ]);
      for (const answer of answers) await answer.arrayBuffer();
    }
    for (let index = 0; index < 50; index++)
      daemon.drop(`${round}-${index}.json`, { symbol: `R${round}Y${index}USDT`, signal: "BUY", score: 70, price: 1 });
    await until("the reports", async () =>
      (await (await fetch(`${daemon.url}/metrics`)).text()).includes(
        `virtuoso_reports_total{source="reports",outcome="read"} ${(round + 1) * 50}\n`,
      ),
    );
  };
  await seriesNow();
  await stray(0);
  const before = await seriesNow();
  await stray(1);
  expect([...(await seriesNow()).difference(before)]).toEqual([]);
});
