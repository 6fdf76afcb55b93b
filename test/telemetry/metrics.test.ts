import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { catalogue } from "../../src/telemetry/catalogue";
import { formatFor, type Format } from "../../src/telemetry/format";
import type { Described } from "../../src/telemetry/described";
import { createMetrics, type Metrics } from "../../src/telemetry/metrics";

const groups = { sources: ["reports", "more"], scanners: ["system"], exchanges: [], rules: [], channels: ["phone"] };
const given = () => createMetrics({ version: "1.2.3", mode: "live", groups });
const pageOf = (metrics: Metrics, format: Format = "text") => metrics.page(format, () => performance.now());
const samplesOf = (page: string) => page.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

const withoutBounds = (page: string) => samplesOf(page).map((line) => line.replace(/le="(\d+)(?:\.0)?"/, 'le="$1"'));

test("counters and histograms of closed label sets stand at 0, unknown gauges are absent", async () => {
  const page = await pageOf(given());
  expect(page).toContain('virtuoso_reports_total{source="more",outcome="refused"} 0\n');
  expect(page).toContain('virtuoso_alerts_held_back_total{reason="cap"} 0\n');
  expect(page).toContain('virtuoso_report_ingest_seconds_bucket{le="+Inf"} 0\n');
  expect(page).toContain('virtuoso_scan_duration_seconds_count{scanner="system"} 0\n');
  expect(page).toContain('virtuoso_build_info{version="1.2.3",mode="live"} 1\n');
  for (const { name, type } of Object.values(catalogue))
    if (type !== "gauge" && !name.includes("http") && !name.includes("exchange") && !name.includes("rule"))
      expect(page).toContain(`# TYPE ${name} ${type}\n`);
  expect(page).not.toContain("virtuoso_source_last_observation_timestamp_seconds");
  expect(page).not.toContain("virtuoso_database_size_bytes");
});

test("a histogram's buckets are cumulative, a value at a bound is within it", async () => {
  const metrics = given();
  for (const seconds of [0.0005, 0.003, 7]) metrics.delivery.observe(seconds);
  const lines = samplesOf(await pageOf(metrics)).filter((line) => line.startsWith("virtuoso_event_delivery_seconds"));
  expect(lines.map((line) => line.split(" ")[1])).toEqual([
    "1",
    "1",
    "1",
    "2",
    "2",
    "2",
    "2",
    "2",
    "2",
    "2",
    "2",
    "2",
    "2",
    "3",
    "7.0035",
    "3",
  ]);
});

test("either format is right whatever was asked before", async () => {
  const metrics = given();
  const text = await pageOf(metrics);
  const openMetrics = await pageOf(metrics, "openmetrics");
  expect(await pageOf(metrics)).toBe(text);
  expect(await pageOf(metrics, "openmetrics")).toBe(openMetrics);
  expect(text).toContain("# TYPE virtuoso_reports_total counter\n");
  expect(openMetrics).toContain("# TYPE virtuoso_reports counter\n");
  expect(openMetrics).toContain('virtuoso_reports_total{source="reports",outcome="read"} 0\n');
  expect(openMetrics).toContain('virtuoso_commit_observations_bucket{le="1.0"} 0\n');
  expect(openMetrics.endsWith("\n# EOF\n")).toBe(true);
  expect(text).not.toContain("# EOF");
  expect(withoutBounds(openMetrics)).toEqual(withoutBounds(text));
});

test("a page requested again says what it said the first time", async () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant("count" as const),
      source: fc.constantFrom("reports", "more", "third"),
      by: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({
      kind: fc.constant("set" as const),
      source: fc.constantFrom("reports", "more"),
      by: fc.integer({ min: 0, max: 2 }),
    }),
    fc.record({ kind: fc.constant("forget" as const) }),
    fc.record({
      kind: fc.constant("observe" as const),
      route: fc.constantFrom("/a", "/b"),
      by: fc.constantFrom(0.001, 0.3, 20),
    }),
    fc.record({ kind: fc.constant("ask" as const), format: fc.constantFrom<Format>("text", "openmetrics") }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const [asked, fresh] = [given(), given()];
      const pages: Promise<string>[] = [];
      for (const each of steps) {
        if (each.kind === "ask") pages.push(pageOf(asked, each.format));
        else
          for (const metrics of [asked, fresh]) {
            if (each.kind === "count") metrics.reports.inc({ source: each.source, outcome: "read" }, each.by);
            else if (each.kind === "set") metrics.reportsWaiting.set(each.by, { source: each.source });
            else if (each.kind === "forget") metrics.reportsWaiting.forget();
            else metrics.httpSeconds.observe(each.by, { method: "GET", route: each.route });
          }
        // Some pages are still being written when the next step is taken.
        if (pages.length % 2 === 0) await Promise.all(pages);
      }
      await Promise.all(pages);
      expect(await pageOf(asked)).toBe(await pageOf(fresh));
      expect(await pageOf(asked, "openmetrics")).toBe(await pageOf(fresh, "openmetrics"));
    }),
    { numRuns: 60 },
  );
});

test("the format is the one the client likes better", () => {
  const prometheus =
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
  expect(formatFor(prometheus)).toBe("openmetrics");
  expect(formatFor("application/openmetrics-text; version=1.0.0; q=0.3, text/plain;q=0.5")).toBe("text");
  expect(formatFor("application/openmetrics-text;version=0.0.1")).toBe("text");
  for (const other of [null, "*/*", "text/html,application/xhtml+xml", "application/openmetrics-text;q=0"])
    expect(formatFor(other)).toBe("text");
});

test("whatever is counted, the series stay bounded: 10,000 symbols as labels change nothing beyond the bound", async () => {
  const metrics = given();
  const reportAll = (names: readonly string[]) => {
    for (const name of names) {
      metrics.reports.inc({ source: name, outcome: "read" });
      metrics.httpRequests.inc({ method: name, route: name, status: name });
      metrics.httpSeconds.observe(0.1, { method: name, route: name });
      metrics.opportunities.inc({ pattern: name as "other" });
      metrics.messages.inc({ type: name as "other" });
      metrics.scannerFailures.set(1, { scanner: name });
    }
  };
  reportAll(Array.from({ length: 1000 }, (_, index) => `S${index}USDT`));
  const before = samplesOf(await pageOf(metrics)).length;
  reportAll(Array.from({ length: 10_000 }, (_, index) => `T${index}USDT`));
  const page = await pageOf(metrics);
  expect(samplesOf(page)).toHaveLength(before);
  expect(page).toContain('virtuoso_opportunities_total{pattern="other"} 11000\n');
  expect(page).toContain('virtuoso_reports_total{source="other",outcome="read"} 10902\n');
});

test("what comes from outside cannot break a line", async () => {
  const metrics = given();
  metrics.reports.inc({ source: 'a"b\\c\nd', outcome: "read" });
  expect(await pageOf(metrics)).toContain('virtuoso_reports_total{source="a\\"b\\\\c\\nd",outcome="read"} 1\n');
});

test("the catalogue keeps to the conventions", () => {
  const all: readonly Described[] = Object.values(catalogue);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, type, help, labels, buckets } of all) {
    expect(name).toMatch(/^(virtuoso|process|nodejs)_[a-z][a-z0-9_]*[a-z0-9]$/);
    expect(name.endsWith("_total")).toBe(type === "counter");
    expect(help).toMatch(/^[A-Z1].*\.$/s);
    expect(name).not.toMatch(/_(ms|milliseconds|percent|kb|mb)(_|$)/);
    expect([...buckets]).toEqual([...buckets].toSorted((a, b) => a - b));
    expect(buckets.length > 0).toBe(type === "histogram");
    for (const label of Object.keys(labels)) expect(label).toMatch(/^[a-z]+$/);
  }
});
