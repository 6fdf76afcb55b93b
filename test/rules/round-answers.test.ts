import { expect, test } from "bun:test";
import { RoundAnswers } from "../../src/rules/round-answers";

test("what rules say of several observations is gathered by observation, the rules in their order", () => {
  const round = new RoundAnswers(3);
  round.answer({ rule: "late", item: 0, alert: { message: "one" } }, 1);
  round.reached("late", 2);
  round.reached("early", 3);
  expect(round.all(["early", "late", "never"])).toEqual([
    { asked: ["early", "late"], answers: [] },
    { asked: ["early", "late"], answers: [{ rule: "late", item: 0, alert: { message: "one" } }] },
    { asked: ["early"], answers: [] },
  ]);
  expect(round.unreached(["early", "late", "never"])).toEqual(["never"]);
});

test("a fault of all is one of each observation, and the rule counts as answered", () => {
  const round = new RoundAnswers(2);
  const fault = { kind: "not-asked", message: "it could not be asked" } as const;
  round.fault("mine", fault);
  const each = { asked: ["mine"], answers: [{ rule: "mine", item: 0, fault }] };
  expect(round.all(["mine"])).toEqual([each, each]);
  expect(round.unreached(["mine"])).toEqual([]);
});
