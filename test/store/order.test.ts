import { expect, test } from "bun:test";
import { readCursor } from "../../src/store/cursor";
import { fileOf, openTestDesk } from "../support/desk";
import { reportOf, signalOf } from "../support/observations";

const noon = Date.parse("2026-03-02T12:00:00Z");
const hour = 3_600_000;

test("lists are in the order of seq whatever the clock did, or by when the market was so; since means received, and cursors follow", async () => {
  using desk = await openTestDesk(noon);
  // Received a day ahead of the clock, then twice by the right one; the market was so in another order.
  const told = [{ at: noon + 24 * hour, observed: noon - 3 * hour }, { at: noon, observed: noon - hour }, { at: noon + 1, observed: noon - 2 * hour }];
  for (const [index, { at, observed }] of told.entries()) {
    desk.setNow(at);
    const opportunity = {
      symbol: "BTCUSDT", pattern: `${index}`, confidence: null, alphaPotential: null, riskLevel: null, observedAt: observed, datedBy: "body" as const, timeframes: {}, insight: null, action: null,
      expectedDuration: null, entryConditions: [], exitConditions: [],
    };
    const report = reportOf({ receivedAt: at, file: `${index}.json`, signals: [signalOf({ observedAt: observed, symbol: `${index}` })], opportunities: [opportunity] });
    await desk.desk.submit({ observation: report, file: fileOf(report) });
  }
  const { reader } = desk;
  const paged = (read: (cursor: ReturnType<typeof readCursor>) => { items: readonly string[]; nextCursor: string | null }): string[] => {
    const { items, nextCursor } = read(null);
    if (nextCursor === null) return [...items];
    const rest = paged(() => read(readCursor(nextCursor)));
    return [...items, ...rest];
  };
  const signals = (more: object) => paged((cursor) => { const { items, nextCursor } = reader.listSignals({ limit: 2, cursor: cursor ?? undefined, ...more }); return { items: items.map(({ symbol }) => symbol), nextCursor }; });
  const opportunities = (more: object) => paged((cursor) => { const { items, nextCursor } = reader.listOpportunities({ limit: 2, cursor: cursor ?? undefined, ...more }); return { items: items.map(({ pattern }) => pattern), nextCursor }; });
  for (const list of [signals, opportunities]) {
    expect(list({})).toEqual(["2", "1", "0"]);
    expect(list({ by: "observed" })).toEqual(["1", "2", "0"]);
    expect(list({ by: "observed", since: noon, until: noon + 1 })).toEqual(["1"]);
  }
  expect(signals({ order: "asc" })).toEqual(["0", "1", "2"]);
});
