import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { patternFault } from "../../src/core/linear-pattern";
import { matchSchema, matchWords, readMatcher } from "../../src/core/match-schema";
import {
  formatMatcher,
  matcherNames,
  matcherOps,
  matches,
  parseMatcher,
  type Matched,
  type Matcher,
} from "../../src/core/matcher";

/** Matchers: what they say, how they are written, and that no regular expression holds anything up. */

const alert: Matched = {
  type: "SIGNAL",
  kind: "event",
  priority: "medium",
  rule: "strong-signal",
  source: "reports",
  symbol: "SOLUSDT",
  direction: "long",
  fingerprint: "[]",
  details: { strategy: "trend", score: 82.5, team: "night desk", open: null },
};
const system: Matched = { ...alert, type: "SYSTEM", symbol: null, direction: null, source: null, details: {} };

function said(text: string, of: Matched = alert): boolean {
  const read = readMatcher(parseMatcher(text) ?? { name: "", op: "=", value: text });
  if (typeof read === "string") throw new Error(read);
  return matches([read], of);
}

describe("a matcher", () => {
  test.each([
    ["symbol=SOLUSDT", true],
    ["symbol=sol/usdt", true],
    ["symbol!=SOLUSDT", false],
    ["symbol=SOL", false],
    ["type=signal", true],
    ["priority>=low", true],
    ["priority>=medium", true],
    ["priority>=high", false],
    ["direction=LONG", true],
    ['rule=~"strong-.*"', true],
    ["rule=~strong", false],
    ["rule=~(?i)STRONG-SIGNAL", true],
    ["rule!~source-.*", true],
    ["strategy=trend", true],
    ["strategy!=trend", false],
    ["label.score=82.5", true],
    ['label.team="night desk"', true],
    ["label.open=", true],
    ["label.nothing=", true],
    ["label.nothing!=x", true],
    ["source =~ report.", true],
    ["label.subject=", true],
  ])("%s is %p of a medium long of SOLUSDT", (text, expected) => expect(said(text)).toBe(expected));

  test("takes what is not there for the empty text", () => {
    expect(said("symbol=", system)).toBe(true);
    expect(said("source!=reports", system)).toBe(true);
    expect(said("source=~.+", system)).toBe(false);
    expect(said("strategy=", system)).toBe(true);
    expect(said("direction=", system)).toBe(true);
    expect(said("label.subject=disk", { ...system, fingerprint: '["SYSTEM","host-pressure","disk"]' })).toBe(true);
  });

  test.each([
    ["colour=red", "expected one of"],
    ["label.=red", "expected"],
    ["rule>=a", ">= compares priorities alone"],
    ["priority=urgent", "expected priority low, medium, high"],
    ["priority>=", "expected priority low, medium, high"],
    ["type=SIGNALS", "expected type"],
    ["rule=~(", "no regular expression"],
    ["rule=~(a)\\1", "no regular expression"],
    ["rule=~(?=a)b", "no regular expression"],
    [`rule=~${"a".repeat(201)}`, "longer than 200"],
    ["rule=~((a{1,100}){1,100}){1,100}", "no regular expression"],
    ["symbol", "expected a matcher such as"],
    ['rule="open', "expected a matcher such as"],
  ])("%s is refused: %s", (text, why) => {
    const parsed = matchWords.safeParse(text);
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues).replaceAll("\\", "")).toContain(why);
  });

  test("stands in no list of none, for that would match everything", () => {
    expect(matchSchema.safeParse([]).success).toBe(false);
    expect(matchSchema.safeParse([{ name: "symbol", op: "=", value: "btc/usdt" }]).data).toEqual([
      { name: "symbol", op: "=", value: "BTCUSDT" },
    ]);
    expect(matchSchema.safeParse([{ name: "symbol", op: "=", value: "X", more: 1 }]).success).toBe(false);
  });

  test("of a kind that holds up others' engines ends", () => {
    const text = "a".repeat(400);
    for (const pattern of ["(a*)*b", "(a|a)*c", "(a|aa)+$b", "(.*)*x"])
      expect(matches([{ name: "rule", op: "=~", value: pattern }], { ...alert, rule: text })).toBe(false);
  });
});

const value = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom("SOLUSDT", "trend", "", "a b", '"', "\\"));
const names = fc.constantFrom(
  ...matcherNames.filter((name) => !["type", "kind", "priority", "direction"].includes(name)),
  "label.team",
);
const plain: fc.Arbitrary<Matcher> = fc.record({
  name: names,
  op: fc.constantFrom("=" as const, "!=" as const),
  value,
});
const pattern = fc.constantFrom("a*", ".*", "strong-.*", "[A-Z]+", "(a|b)+c?", "\\w+", "s.l");
const patterned: fc.Arbitrary<Matcher> = fc.record({
  name: names,
  op: fc.constantFrom("=~" as const, "!~" as const),
  value: pattern,
});
const opposite = { "=": "!=", "!=": "=", "=~": "!~", "!~": "=~", ">=": ">=" } as const;

describe("for any matcher", () => {
  test("what is written is read again as it was", () => {
    fc.assert(
      fc.property(fc.oneof(plain, patterned), (matcher) => {
        expect(parseMatcher(formatMatcher(matcher))).toEqual(matcher);
      }),
    );
  });

  test("its opposite holds where it does not", () => {
    fc.assert(
      fc.property(fc.oneof(plain, patterned), value, (matcher, text) => {
        const of = { ...alert, symbol: text, details: { ...alert.details, team: text } };
        expect(matches([{ ...matcher, op: opposite[matcher.op] }], of)).toBe(!matches([matcher], of));
      }),
    );
  });

  test("all of a list hold where each does", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, patterned), { maxLength: 4 }), (list) => {
        expect(matches(list, alert)).toBe(list.every((each) => matches([each], alert)));
      }),
    );
  });

  test("a pattern says what a regular expression over the whole text does", () => {
    fc.assert(
      fc.property(pattern, value, (text, given) => {
        const whole = new RegExp(`^(?:${text})$`, "s").test(given);
        const ours = matches([{ name: "rule", op: "=~", value: text }], { ...alert, rule: given });
        // A dot of RE2 is no line break.
        if (!given.includes("\n")) expect(ours).toBe(whole);
      }),
    );
  });

  test("whatever is given as a pattern is used or refused, and never thrown later", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        if (patternFault(text) === null) matches([{ name: "rule", op: "=~", value: text }], alert);
      }),
    );
  });
});

test("every operator is tried above", () => {
  expect(Object.keys(opposite).toSorted()).toEqual([...matcherOps].toSorted());
});
