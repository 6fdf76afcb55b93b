import { describe, expect, test } from "bun:test";
import { relateAll, rememberAlerted } from "../../../src/core/decide/identity";
import type { Batch } from "../../../src/core/observation";
import type { Signal } from "../../../src/core/signal";
import { StateOverlay, MemoryState } from "../../../src/core/decide/state";
import { signalOf } from "../../support/observations";

const noon = Date.parse("2026-03-02T12:00:00Z");
const hour = 3_600_000;

/** Decides one report after another of one source; answers what each signal was: `s1 first`. Seqs count the signals. */
class Teller {
  readonly #state = new MemoryState();
  #seq = 1;
  source = "reports";

  report(file: string, receivedAt: number, ...given: readonly Partial<Signal>[]): string[] {
    const overlay = new StateOverlay(this.#state);
    const signals = given.map((each) => signalOf({ observedAt: receivedAt, ...each }));
    const batch: Batch = {
      seq: this.#seq,
      receivedAt,
      source: this.source,
      file,
      backlog: false,
      known: false,
      signals,
      opportunities: [],
      market: null,
    };
    const related = relateAll(overlay, batch);
    this.#state.apply(overlay);
    this.#seq += signals.length;
    return related.map(({ seq, relation }) => `s${seq} ${relation}`);
  }

  /** What is known of a signal now. */
  known(seq: number): Signal | undefined {
    return this.#state.signal(seq);
  }
}

const undated = (score: number): Partial<Signal> => ({ datedBy: "mtime", score });

describe("an undated file", () => {
  test("overwritten in place with other content is a new signal each time, also with content it held before", () => {
    const files = new Teller();
    const scores = [80, 85, 70, 80, 85, 85];
    expect(scores.map((score, minute) => files.report("ada.json", noon + minute * 60_000, undated(score))[0])).toEqual([
      "s1 first",
      "s2 first",
      "s3 first",
      "s4 first",
      "s5 first",
      "s5 twin",
    ]);
  });

  test("copied is its twin, and so is every copy overwritten with what the first was", () => {
    const files = new Teller();
    const outcomes = [80, 85, 80].flatMap((score, minute) =>
      ["a.json", "b.json"].flatMap((file) => files.report(file, noon + minute * 60_000, undated(score))),
    );
    expect(outcomes).toEqual(["s1 first", "s1 twin", "s3 first", "s3 twin", "s5 first", "s5 twin"]);
  });

  test("that grows adds only what is new", () => {
    const files = new Teller();
    expect(files.report("list.json", noon, undated(80), undated(85))).toEqual(["s1 first", "s2 first"]);
    expect(files.report("list.json", noon + hour, undated(80), undated(85), undated(90), undated(90))).toEqual([
      "s1 twin",
      "s2 twin",
      "s5 first",
      "s5 twin",
    ]);
  });

  test("is another signal a day later, under whatever name", () => {
    const files = new Teller();
    expect(files.report("a.json", noon, undated(80))).toEqual(["s1 first"]);
    expect(files.report("b.json", noon + 24 * hour, undated(80))).toEqual(["s1 twin"]);
    expect(files.report("c.json", noon + 24 * hour + 1, undated(80))).toEqual(["s3 first"]);
  });
});

const scanned = (...timeframes: (string | null)[]) =>
  timeframes.map((timeframe) => ({ signalId: "scan-7", timeframe }));

describe("entries of one array", () => {
  test.each([
    ["timeframe", ["5m", "15m", "1h"]],
    ["strategy", ["grid", "momentum", "trend"]],
    ["signalId", ["a", "b", "c"]],
    ["transactionId", ["a", "b", "c"]],
    ["symbol", ["ADAUSDT", "BTCUSDT", "DOGEUSDT"]],
    ["direction", ["long", "short", "neutral"]],
    ["score", [80, 81, 82]],
    ["price", [1, 2, 3]],
  ])("that differ in %s are different signals, and the same ones when they come again", (field, values) => {
    const files = new Teller();
    const entries = values.map((value) => ({ [field]: value }));
    for (const extra of [{}, { datedBy: "mtime" as const, symbol: "ETHUSDT" }]) {
      const seqs = files.report("many.json", noon, ...entries.map((entry) => ({ ...extra, ...entry })));
      expect(seqs.map((each) => each.split(" ")[1])).toEqual(["first", "first", "first"]);
      expect(new Set(seqs).size).toBe(3);
      expect(files.report("copy.json", noon, ...entries.map((entry) => ({ ...extra, ...entry })))).toEqual(
        seqs.map((each) => each.replace("first", "twin")),
      );
    }
  });

  test("that differ in timeframe are different signals under one id as well, and a twin may say less", () => {
    const files = new Teller();
    expect(files.report("a.json", noon, ...scanned("5m", "1h"))).toEqual(["s1 first", "s2 first"]);
    expect(files.report("a.json", noon, ...scanned("5m", "1h", "4h"))).toEqual(["s1 twin", "s2 twin", "s5 first"]);
    expect(files.report("b.json", noon, ...scanned(null))).toEqual(["s5 twin"]);
  });

  test("edited are revisions each of its own, and an entry put before them is a new signal", () => {
    const files = new Teller();
    expect(files.report("a.json", noon, { score: 80 }, { score: 85 })).toEqual(["s1 first", "s2 first"]);
    expect(files.report("a.json", noon, { score: 81 }, { score: 85 })).toEqual(["s1 revision", "s2 twin"]);
    expect(files.report("a.json", noon, { score: 90 }, { score: 81 }, { score: 85 })).toEqual([
      "s5 first",
      "s1 twin",
      "s2 twin",
    ]);
  });
});

test("a twin that says less, or more, is one signal whichever comes first", () => {
  const files = new Teller();
  const full = { timeframe: "5m", strategy: "grid" };
  expect(
    [files.report("a.json", noon, {}), files.report("b.json", noon, full), files.report("c.json", noon, {})].flat(),
  ).toEqual(["s1 first", "s1 twin", "s1 twin"]);
  const eth = { symbol: "ETHUSDT" };
  expect([files.report("d.json", noon, { ...full, ...eth }), files.report("e.json", noon, eth)].flat()).toEqual([
    "s4 first",
    "s4 twin",
  ]);
});

test("another source's is another signal, whatever it is called", () => {
  const files = new Teller();
  expect(files.report("a.json", noon, { signalId: "one" }, {})).toEqual(["s1 first", "s2 first"]);
  files.source = "others";
  expect(files.report("a.json", noon, { signalId: "one" }, {})).toEqual(["s3 first", "s4 first"]);
});

test("revised on and on it reaches no further than a day from its first version", () => {
  const files = new Teller();
  const outcomes = [0, 20, 24, 25].map(
    (hours) => files.report("a.json", noon + hours * hour, { signalId: "one", score: 60 + hours })[0],
  );
  expect(outcomes).toEqual(["s1 first", "s1 revision", "s1 revision", "s4 first"]);
});

const component = { name: "rsi", score: null, weight: null, impact: null, interpretation: null };
const plan = { entry: null, stop: null, targets: [], riskReward: null };
const words = (text: string) => [{ kind: "insight", component: null, text, severity: null }] as const;
const at = (price: number) => ({ name: null, price, size: null });

describe(
  "again under its id it is a revision where both say something and it is not the same, and a twin " +
    "that fills gaps where not",
  () => {
    test.each<[string, Partial<Signal>, Partial<Signal>, string]>([
      ["a time of its own", { observedAt: noon }, { observedAt: noon + 1 }, "revision"],
      [
        "a time of its file",
        { observedAt: noon, datedBy: "mtime" },
        { observedAt: noon + 1, datedBy: "mtime" },
        "twin",
      ],
      ["a score", { score: 80 }, { score: 81 }, "revision"],
      ["a reliability", { reliability: 0.8 }, { reliability: 0.9 }, "revision"],
      ["a price", { price: 1 }, { price: 2 }, "revision"],
      ["an exchange", { exchange: "bybit" }, { exchange: "kraken" }, "revision"],
      ["a market", { market: "spot" }, { market: "perp" }, "revision"],
      ["an expiry", { expiresAt: noon + hour }, { expiresAt: noon + 2 * hour }, "revision"],
      ["a transaction", { transactionId: "a" }, { transactionId: "b" }, "revision"],
      ["an entry", { plan: { ...plan, entry: 1 } }, { plan: { ...plan, entry: 2 } }, "revision"],
      ["a stop", { plan: { ...plan, stop: 1 } }, { plan: { ...plan, stop: 2 } }, "revision"],
      ["a ratio", { plan: { ...plan, riskReward: 1 } }, { plan: { ...plan, riskReward: 2 } }, "revision"],
      ["targets", { plan: { ...plan, targets: [at(1)] } }, { plan: { ...plan, targets: [at(2)] } }, "revision"],
      [
        "another part of the plan",
        { plan: { ...plan, entry: 1 } },
        { plan: { ...plan, stop: 2, targets: [at(2)] } },
        "twin",
      ],
      [
        "a component's score",
        { components: [{ ...component, score: 1 }] },
        { components: [{ ...component, score: 2 }] },
        "revision",
      ],
      [
        "a component's weight",
        { components: [{ ...component, weight: 1 }] },
        { components: [{ ...component, weight: 2 }] },
        "revision",
      ],
      [
        "a component's impact",
        { components: [{ ...component, impact: 1 }] },
        { components: [{ ...component, impact: 2 }] },
        "revision",
      ],
      [
        "another component",
        { components: [{ ...component, score: 1 }] },
        { components: [{ ...component, name: "macd", score: 2 }] },
        "twin",
      ],
      ["what was not said", { score: null }, { score: 80, price: 1, plan, components: [component] }, "twin"],
    ])("%s", (_, before, after, relation) => {
      const files = new Teller();
      expect(files.report("a.json", noon, { signalId: "one", ...before })).toEqual(["s1 first"]);
      expect(files.report("b.json", noon, { signalId: "one", ...after })).toEqual([`s1 ${relation}`]);
    });

    test("what is known then is the first version with its gaps filled, and of a revision the last", () => {
      const files = new Teller();
      files.report("a.json", noon, {
        signalId: "one",
        datedBy: "mtime",
        price: 1,
        plan: { ...plan, entry: 1 },
        components: [{ ...component, score: 1 }],
        words: words("a"),
      });
      files.report("b.json", noon + hour, {
        signalId: "one",
        exchange: "bybit",
        plan: { ...plan, stop: 2, targets: [at(2)] },
        components: [
          { ...component, weight: 2 },
          { ...component, name: "macd" },
        ],
        words: [...words("a"), ...words("b")],
      });
      expect(files.known(1)).toMatchObject({
        observedAt: noon + hour,
        datedBy: "body",
        price: 1,
        exchange: "bybit",
        plan: { entry: 1, stop: 2, targets: [at(2)] },
        components: [
          { ...component, score: 1, weight: 2 },
          { ...component, name: "macd" },
        ],
        words: [...words("a"), ...words("b")],
      });
      files.report("c.json", noon + 2 * hour, { signalId: "one", datedBy: "mtime" });
      expect(files.known(1)).toMatchObject({ observedAt: noon + hour, datedBy: "body" });
      files.report("b.json", noon + hour, { signalId: "one", score: 90 });
      expect(files.known(1)).toMatchObject({ score: 90, price: null, components: [] });
    });
  },
);

test("the highest priority it was alerted at is kept, under each of its names", () => {
  const overlay = new StateOverlay(new MemoryState());
  const [related] = relateAll(overlay, {
    seq: 1,
    receivedAt: noon,
    source: "reports",
    file: "a.json",
    backlog: false,
    known: false,
    signals: [signalOf({ observedAt: noon, timeframe: "5m" })],
    opportunities: [],
    market: null,
  });
  if (!related) throw new Error("nothing was related");
  const alerted = () => new Set(related.keys.map((key) => overlay.get("identity", key)?.alerted));
  expect([related.keys.length, alerted()]).toEqual([3, new Set([null])]);
  for (const [priority, kept] of [
    ["medium", "medium"],
    ["low", "medium"],
    ["high", "high"],
    ["medium", "high"],
  ] as const) {
    rememberAlerted(overlay, related, priority);
    expect(alerted()).toEqual(new Set([kept]));
  }
});
