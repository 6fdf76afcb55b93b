import { expect, test } from "bun:test";
import { folderWords, freshnessAt, freshnessOfFolder, type FreshnessState } from "../../src/core/freshness";
import { quoteStaleAfterMs } from "../../src/core/quote-age";
import { defaultTunables } from "../../src/core/tunables";
import { MemoryState, StateOverlay } from "../../src/core/decide/state";
import { configSchema } from "../../src/config/schema";
import { settingsOf } from "../../src/config/effective";
import { freshnessOfExchange, freshnessOfScanner, freshnessOfSource } from "../../src/views/freshness";
import { judgeAlerts, judgeExchange, judgeQuarantine, judgeScanner, judgeSource } from "../../src/views/health-checks";
import { shapeSource, type SourceShape } from "../../src/views/sources";
import { aScanner, aSource, now, watched } from "../support/freshness-facts";

/** The same thing has the same state wherever it stands: health is judged by the state the page shows. */

/** What health may say of each state. */
const health: Readonly<Record<FreshnessState, readonly string[]>> = {
  fresh: ["healthy"],
  stale: ["degraded"],
  failing: ["degraded", "unhealthy"],
  starting: ["unknown"],
  idle: ["healthy"],
  unknown: ["unknown"],
};

test.each([
  ["2026-11-27T05:00:00Z", "live", null],
  ["2026-11-27T11:00:00Z", "idle", "closed by the calendar nse until 2026-11-30 03:45 UTC"],
  ["2026-11-24T05:00:00Z", "idle", "closed by the calendar nse until 2026-11-25 03:45 UTC"],
  ["2026-11-27T06:30:00Z", "idle", "maintenance until 2026-11-27 07:00 UTC"],
] as const)("outside its calendar's hours a quiet source is idle: at %s it is %s", (at, shown, why) => {
  const maintenance = [{ from: "2026-11-27T06:00:00Z", to: "2026-11-27T07:00:00Z", why: "a new disk" }];
  const config = configSchema.parse({
    sources: [{ kind: "reports", name: "reports", calendar: "nse" }],
    calendars: { nse: { kind: "exchange", exchange: "XNSE" }, maintenance },
  });
  const state = new StateOverlay(new MemoryState());
  state.set("source", "reports", {
    since: 0,
    spokeAt: Date.parse(at) - 60_000,
    watched: true,
    why: null,
    everWatched: true,
  });
  const settings = settingsOf(config, defaultTunables, config.sources ?? []);
  const source = shapeSource(watched, state, settings, Date.parse(at));
  expect({ state: source.state, why: source.why }).toEqual({ state: shown, why });
});

test.each(Object.keys(freshnessOfFolder) as SourceShape["state"][])("a source that is %s", (state) => {
  const source = aSource(state);
  expect(health[freshnessOfSource(source).state]).toContain(judgeSource(source).status);
  expect(folderWords[state]).not.toContain("live");
});

test.each([
  ["fresh", {}],
  ["fresh", { lastSuccessAt: now - 150_000 }],
  ["stale", { lastSuccessAt: now - 150_001 }],
  ["failing", { failures: 1, lastError: "timed out" }],
  ["failing", { failures: 3, lastError: "timed out", lastSuccessAt: now - 3_600_000 }],
  ["failing", { lacks: { share: 0.5, why: "half of it" } }],
  ["starting", { filling: { done: 1, total: 9 } }],
  ["starting", { lastSuccessAt: null, running: true }],
  ["unknown", { lastSuccessAt: null }],
] as const)("a scanner is %s: %o", (state, more) => {
  const facts = { ...aScanner, ...more };
  expect(freshnessOfScanner(facts, now).state).toBe(state);
  expect(health[state]).toContain(judgeScanner(facts, now).status);
});

test.each([
  ["fresh", { at: now, quotedAt: now - quoteStaleAfterMs }],
  ["stale", { at: now, quotedAt: now - quoteStaleAfterMs - 1 }],
  ["unknown", null],
] as const)("an exchange is %s: %o", (state, answered) => {
  expect(freshnessOfExchange("bybit", answered, now).state).toBe(state);
  expect(health[state]).toContain(judgeExchange("bybit", answered, now).status);
});

test("what was fresh when the daemon said so grows stale on the page by the same rule", () => {
  const { state, at, stale_after_seconds: after } = freshnessOfScanner(aScanner, now);
  const later = (ms: number) => freshnessAt(state, Date.parse(at ?? ""), (after ?? 0) * 1000, now + ms);
  expect([later(0), later(138_000), later(138_001)]).toEqual(["fresh", "fresh", "stale"]);
});

test("nothing is healthy with a file that could not be read, or with an alert that fires", () => {
  expect([judgeQuarantine(0), judgeQuarantine(1), judgeAlerts([])].map(({ status }) => status)).toEqual([
    "healthy",
    "degraded",
    "healthy",
  ]);
  expect(judgeAlerts(["reports is silent", "bybit is away"])).toEqual({
    status: "degraded",
    message: "2 firing; the newest: reports is silent",
  });
});
