import { expect, test } from "bun:test";
import { listOpportunities } from "../../src/store/opportunities";
import { listSignals } from "../../src/store/signals";
import { readCursor } from "../../src/store/cursor";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";

const noon = Date.parse("2026-03-02T12:00:00Z");
const hour = 3_600_000;

test(
  "lists are in the order of seq whatever the clock did, or by when the market was so; since means " +
    "received, and cursors follow",
  async () => {
    using writer = await openTestWriter(noon);
    // Received a day ahead of the clock, then by the right one; the market was so in another order, and twice at one moment.
    const reports = [
      { at: noon + 24 * hour, observed: noon - 3 * hour },
      { at: noon, observed: noon - hour },
      { at: noon + 1, observed: noon - 2 * hour },
      { at: noon + 2, observed: noon - 2 * hour },
    ];
    for (const [index, { at, observed }] of reports.entries()) {
      writer.setNow(at);
      const opportunity = {
        symbol: "BTCUSDT",
        pattern: `${index}`,
        confidence: null,
        alphaPotential: null,
        riskLevel: null,
        observedAt: observed,
        datedBy: "body" as const,
        timeframes: {},
        insight: null,
        action: null,
        expectedDuration: null,
        entryConditions: [],
        exitConditions: [],
      };
      const report = reportOf({
        receivedAt: at,
        file: `${index}.json`,
        signals: [signalOf({ observedAt: observed, symbol: `${index}` })],
        opportunities: [opportunity],
      });
      await writer.writer.submit({ observation: report, file: fileOf(report) });
    }
    const { reader } = writer;
    const signals = (more: object, limit = 2) =>
      paged((cursor) => {
        const { items, nextCursor } = listSignals(reader.database, { limit, cursor: cursor ?? undefined, ...more });
        return { items: items.map(({ symbol }) => symbol), nextCursor };
      });
    const opportunities = (more: object, limit = 2) =>
      paged((cursor) => {
        const { items, nextCursor } = listOpportunities(reader.database, {
          limit,
          cursor: cursor ?? undefined,
          ...more,
        });
        return { items: items.map(({ pattern }) => pattern), nextCursor };
      });
    for (const list of [signals, opportunities]) {
      for (const limit of [1, 2, 3, 4]) {
        expect(list({}, limit)).toEqual(["3", "2", "1", "0"]);
        expect(list({ by: "observed" }, limit)).toEqual(["1", "3", "2", "0"]);
      }
      expect(list({ by: "observed", since: noon, until: noon + 1 })).toEqual(["1"]);
    }
    for (const limit of [1, 2, 3, 4]) {
      expect(signals({ order: "asc" }, limit)).toEqual(["0", "1", "2", "3"]);
      expect(signals({ by: "observed", order: "asc" }, limit)).toEqual(["0", "2", "3", "1"]);
    }
  },
);

/** All that a list holds, page by page. */
function paged(
  read: (cursor: ReturnType<typeof readCursor>) => { items: readonly string[]; nextCursor: string | null },
): string[] {
  const all: string[] = [];
  let next: string | null = null;
  // A list that leads back to itself has no end.
  do {
    const page = read(next === null ? null : readCursor(next));
    all.push(...page.items);
    next = page.nextCursor;
  } while (next !== null && all.length < 10);
  return all;
}
