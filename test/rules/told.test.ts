import { expect, test } from "bun:test";
import { Told } from "../../src/rules/told";

test("what rules say of several observations is gathered by observation, the rules in their order", () => {
  const told = new Told(3);
  told.answer({ rule: "late", item: 0, alert: { message: "one" } }, 1);
  told.reached("late", 2);
  told.reached("early", 3);
  expect(told.all(["early", "late", "never"])).toEqual([
    { asked: ["early", "late"], answers: [] },
    { asked: ["early", "late"], answers: [{ rule: "late", item: 0, alert: { message: "one" } }] },
    { asked: ["early"], answers: [] },
  ]);
  expect(told.unheard(["early", "late", "never"])).toEqual(["never"]);
});

test("a fault of all is one of each observation, and the rule counts as heard", () => {
  const told = new Told(2);
  const fault = { kind: "not-asked", message: "it could not be asked" } as const;
  told.fault("mine", fault);
  const each = { asked: ["mine"], answers: [{ rule: "mine", item: 0, fault }] };
  expect(told.all(["mine"])).toEqual([each, each]);
  expect(told.unheard(["mine"])).toEqual([]);
});
