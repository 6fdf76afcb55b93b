import { describe, expect, test } from "bun:test";
import { settingsFor, type RuleContext, type RuleObservation } from "../../src/core/settings";
import { describeError, frozen, judgeItem } from "../../src/rules/judge";
import { usualSettings } from "../support/deciding";
import { signalOf } from "../support/observations";

const observation: RuleObservation = {
  kind: "signal",
  signal: signalOf({ observedAt: 0 }),
  report: null,
} as RuleObservation;
const context: RuleContext = { now: 0, settings: settingsFor(usualSettings(), "reports"), priorityOf: () => "low" };
const judged = (answer: unknown) => judgeItem({ name: "mine", judge: () => answer }, observation, context);

describe("an answer that is an alert is taken as it is", () => {
  test.each<[unknown]>([
    [{ message: "x" }],
    [
      {
        message: "x".repeat(500),
        priority: "high",
        type: "MARKET",
        symbol: "S".repeat(40),
        details: { word: "w".repeat(500), number: 1, yes: true, none: null },
      },
    ],
  ])("%#", (answer) => {
    const alert = judged(answer)?.alert;
    expect(alert).toEqual(answer as { message: string });
    // A copy: what the rule holds on to may change.
    expect(alert).not.toBe(answer as { message: string });
  });

  test.each([[undefined], [null]])("%p finds nothing", (answer) => expect(judged(answer)).toBeNull());
});

describe("anything else is a fault that says what is wrong", () => {
  test.each<[unknown, string]>([
    ["hello", 'answer: expected an object, got "hello"'],
    [0, "answer: expected an object, got 0"],
    [false, "answer: expected an object, got false"],
    [[], "answer: expected an object, got a list"],
    [{}, "message: expected text, got nothing"],
    [{ message: "" }, "message: expected text that is not empty"],
    [{ message: "x".repeat(501) }, "message: expected 500 characters at most"],
    [{ message: "x", priority: "urgent" }, "priority: expected low, medium or high"],
    [{ message: "x", type: "OTHER" }, "type: expected"],
    [{ message: "x", symbol: "S".repeat(41) }, "symbol: expected 40 characters at most"],
    [{ message: "x", mesage: "y" }, "there is no such field: mesage"],
    [{ message: "x", ["k".repeat(9999)]: "y" }, "there is no such field: kkk"],
    [{ message: "x", details: { deep: {} } }, "details.deep: expected"],
    [{ message: "x", details: { word: "w".repeat(501) } }, "details.word: expected"],
    [
      {
        message: "x",
        details: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, "v".repeat(200)])),
      },
      "KB, at most 16",
    ],
  ])("%#", (answer, said) => {
    const fault = judged(answer)?.fault;
    expect(fault?.kind).toBe("not-an-alert");
    expect(fault?.message).toContain(said);
    expect(fault?.message.length).toBeLessThanOrEqual(500);
  });

  test("a promise, which is not left to fail unheard", async () => {
    const promise = Promise.reject(new Error("later"));
    expect(judged(promise)).toMatchObject({ fault: { kind: "promise" } });
    await Bun.sleep(1);
  });
});

test("what was thrown is described in few words, whatever it is", () => {
  expect([describeError(new Error("plain")), describeError("a word"), describeError(null)]).toEqual([
    "plain",
    "a word",
    "null",
  ]);
  expect(describeError(new Error("x".repeat(9999)))).toHaveLength(500);
});

test("what is frozen cannot be written to however deep", () => {
  const shown = frozen({ list: [{ deep: { value: 1 } }] });
  expect(() => {
    (shown.list[0] as { deep: { value: number } }).deep.value = 2;
  }).toThrow();
  expect(() => {
    shown.list.push({ deep: { value: 3 } });
  }).toThrow();
});
