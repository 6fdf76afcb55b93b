import { expect, test } from "bun:test";
import * as fc from "fast-check";
import type { Unsequenced } from "../../../src/core/observation";
import { strengthOf } from "../../../src/core/signal";
import { fileOf, openTestWriter } from "../../support/writer";
import { reportOf, signalOf } from "../../support/observations";
import { expectReplayToAgree } from "../../support/replayed";

const beginning = Date.parse("2026-03-02T12:00:00Z");

/** What may come in, `afterMs` after what came before. */
const coming = fc.record({
  afterMs: fc.constantFrom(0, 1, 40_000, 200_000, 3_700_000),
  what: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        signals: fc.array(
          fc.record({
            symbol: fc.constantFrom("BTCUSDT", "ETHUSDT"),
            direction: fc.constantFrom("long", "short"),
            strength: fc.integer({ min: 55, max: 100 }),
            ageMs: fc.constantFrom(0, 60_000, 3_600_000),
            id: fc.constantFrom(null, "one", "two"),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        backlog: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.constant("refused") },
    { weight: 1, arbitrary: fc.constantFrom("source-watched", "source-caught-up") },
    { weight: 2, arbitrary: fc.constant("tick") },
  ),
  /** Whether a group ends here, in the one way of batching and in the other. */
  ends: fc.tuple(fc.boolean(), fc.boolean()),
});
type Coming = typeof coming extends fc.Arbitrary<infer T> ? T : never;

function observationOf({ what }: Coming, receivedAt: number, index: number): Unsequenced {
  if (what === "tick") return { kind: "tick", receivedAt };
  if (what === "refused")
    return reportOf({
      receivedAt,
      file: `${index}.json`,
      refusals: [{ reason: "not-json", detail: "Not JSON.", element: null, observedAt: null, zoneAssumed: false }],
    });
  if (typeof what === "string") return { kind: what, source: "reports", receivedAt };
  const signals = what.signals.map(({ symbol, direction, strength, ageMs, id }) => {
    const score = direction === "long" ? strength : 100 - strength;
    return {
      ...signalOf({ observedAt: receivedAt - ageMs, symbol, symbolAsWritten: symbol, direction, score, signalId: id }),
      strength: strengthOf(direction, score),
    };
  });
  return reportOf({ receivedAt, file: `${index}.json`, backlog: what.backlog, signals });
}

/** Decides all of it on a database of its own, in groups that end where given. */
async function decided(story: readonly Coming[], way: 0 | 1): Promise<unknown> {
  using test = await openTestWriter(beginning);
  let now = beginning;
  const stored = story.map((each, index) => {
    now += each.afterMs;
    test.setNow(now);
    const observation = observationOf(each, now, index);
    const taken = test.writer.submit({ observation, file: observation.kind === "report" ? fileOf(observation) : null });
    if (each.ends[way]) test.writer.flush();
    return taken;
  });
  test.writer.flush();
  expect(await Promise.all(stored)).toEqual(story.map(() => true));
  await expectReplayToAgree(test.data);
  const { raw } = test.database;
  const all = (table: string, order: string) => raw.query(`SELECT * FROM ${table} ORDER BY ${order}`).all();
  return {
    decisions: all("decisions", "id"),
    alerts: all("alerts", "seq"),
    cells: all("cells", "kind, key"),
    identities: all("identities", "key"),
    signals: all("signals", "seq"),
  };
}

test("the same observations in any batching give the same decisions, alerts and gate states, and again when replayed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(coming, { minLength: 2, maxLength: 25 }), async (story) => {
      expect(await decided(story, 0)).toEqual(await decided(story, 1));
    }),
    { numRuns: 15 },
  );
});
