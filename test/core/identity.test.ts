import { describe, expect, test } from "bun:test";
import { relateAll } from "../../src/core/identity";
import type { Batch } from "../../src/core/observation";
import type { Signal } from "../../src/core/signal";
import { Draft, MemoryState } from "../../src/core/state";
import { signalOf } from "../support/observations";

const noon = Date.parse("2026-03-02T12:00:00Z");
const hour = 3_600_000;

/** Tells one report after another of one source; answers what each signal was: `s1 first`. Seqs count the signals told. */
class Teller {
  readonly #state = new MemoryState();
  #seq = 1;

  tell(file: string, receivedAt: number, ...given: readonly Partial<Signal>[]): string[] {
    const draft = new Draft(this.#state);
    const signals = given.map((each) => signalOf({ observedAt: receivedAt, ...each }));
    const batch: Batch = { seq: this.#seq, receivedAt, source: "reports", file, backlog: false, known: false, signals, opportunities: [], market: null };
    const related = relateAll(draft, batch);
    this.#state.apply(draft);
    this.#seq += signals.length;
    return related.map(({ seq, relation }) => `s${seq} ${relation}`);
  }
}

const undated = (score: number): Partial<Signal> => ({ datedBy: "mtime", score });

describe("an undated file", () => {
  test("overwritten in place with other content is a new signal each time, also with content it held before", () => {
    const teller = new Teller();
    const scores = [80, 85, 70, 80, 85, 85];
    expect(scores.map((score, minute) => teller.tell("ada.json", noon + minute * 60_000, undated(score))[0])).toEqual([
      "s1 first", "s2 first", "s3 first", "s4 first", "s5 first", "s5 twin",
    ]);
  });

  test("copied is its twin, and so is every copy overwritten with what the first was", () => {
    const teller = new Teller();
    const told = [80, 85, 80].flatMap((score, minute) => ["a.json", "b.json"].flatMap((file) => teller.tell(file, noon + minute * 60_000, undated(score))));
    expect(told).toEqual(["s1 first", "s1 twin", "s3 first", "s3 twin", "s5 first", "s5 twin"]);
  });

  test("that grows tells anew only what was added", () => {
    const teller = new Teller();
    expect(teller.tell("list.json", noon, undated(80), undated(85))).toEqual(["s1 first", "s2 first"]);
    expect(teller.tell("list.json", noon + hour, undated(80), undated(85), undated(90), undated(90))).toEqual(["s1 twin", "s2 twin", "s5 first", "s5 twin"]);
  });

  test("is another signal a day later, under whatever name", () => {
    const teller = new Teller();
    expect(teller.tell("a.json", noon, undated(80))).toEqual(["s1 first"]);
    expect(teller.tell("b.json", noon + 24 * hour, undated(80))).toEqual(["s1 twin"]);
    expect(teller.tell("c.json", noon + 24 * hour + 1, undated(80))).toEqual(["s3 first"]);
  });
});

const scanned = (...timeframes: (string | null)[]) => timeframes.map((timeframe) => ({ signalId: "scan-7", timeframe }));

describe("entries of one array", () => {
  test.each([
    ["timeframe", ["5m", "15m", "1h"]],
    ["strategy", ["grid", "momentum", "trend"]],
    ["signalId", ["a", "b", "c"]],
    ["score", [80, 81, 82]],
    ["price", [1, 2, 3]],
  ])("that differ in %s are different signals, and the same ones when told again", (field, values) => {
    const teller = new Teller();
    const entries = values.map((value) => ({ [field]: value }));
    for (const extra of [{}, { datedBy: "mtime" as const, symbol: "ETHUSDT" }]) {
      const seqs = teller.tell("many.json", noon, ...entries.map((entry) => ({ ...entry, ...extra })));
      expect(seqs.map((each) => each.split(" ")[1])).toEqual(["first", "first", "first"]);
      expect(new Set(seqs).size).toBe(3);
      expect(teller.tell("copy.json", noon, ...entries.map((entry) => ({ ...entry, ...extra })))).toEqual(seqs.map((each) => each.replace("first", "twin")));
    }
  });

  test("that differ in timeframe are different signals under one id as well, and a twin may say less", () => {
    const teller = new Teller();
    expect(teller.tell("a.json", noon, ...scanned("5m", "1h"))).toEqual(["s1 first", "s2 first"]);
    expect(teller.tell("a.json", noon, ...scanned("5m", "1h", "4h"))).toEqual(["s1 twin", "s2 twin", "s5 first"]);
    expect(teller.tell("b.json", noon, ...scanned(null))).toEqual(["s5 twin"]);
  });

  test("edited are revisions each of its own, and an entry put before them is a new signal", () => {
    const teller = new Teller();
    expect(teller.tell("a.json", noon, { score: 80 }, { score: 85 })).toEqual(["s1 first", "s2 first"]);
    expect(teller.tell("a.json", noon, { score: 81 }, { score: 85 })).toEqual(["s1 revision", "s2 twin"]);
    expect(teller.tell("a.json", noon, { score: 90 }, { score: 81 }, { score: 85 })).toEqual(["s5 first", "s1 twin", "s2 twin"]);
  });
});

test("a twin that says less, or more, is one signal whichever comes first", () => {
  const teller = new Teller();
  const full = { timeframe: "5m", strategy: "grid" };
  expect([teller.tell("a.json", noon, {}), teller.tell("b.json", noon, full), teller.tell("c.json", noon, {})].flat()).toEqual(["s1 first", "s1 twin", "s1 twin"]);
  const eth = { symbol: "ETHUSDT" };
  expect([teller.tell("d.json", noon, { ...full, ...eth }), teller.tell("e.json", noon, eth)].flat()).toEqual(["s4 first", "s4 twin"]);
});
