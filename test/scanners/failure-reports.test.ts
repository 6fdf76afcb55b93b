import { expect, test } from "bun:test";
import type { Condition } from "../../src/core/decide/state";
import { FailureReports } from "../../src/scanners/failure-reports";

type Ended = Parameters<FailureReports["ended"]>;

const raised: Condition = { since: 1, alertSeq: 7 };
const heldBack: Condition = { since: 1, alertSeq: null };
const lacking = (share: number) => ({ failures: 0, lastError: null, lacks: { share, why: "3 of 4" } });
const failed = (failures: number) => ({ failures, lastError: "refused", lacks: null });
const well = { failures: 0, lastError: null, lacks: null };

function reportsOf(condition: Condition | undefined, outcome: Ended[1], status: Ended[2]): (string | null)[] {
  const reported: (string | null)[] = [];
  new FailureReports({
    conditionOf: () => condition,
    report: (_scanner, failing) => reported.push(failing),
  }).ended("one", outcome, status);
  return reported;
}

test.each<[what: string, Condition | undefined, Ended[1], Ended[2], (string | null)[]]>([
  ["a first failure is a blip", undefined, "failed", failed(1), []],
  ["a second in a row is reported", undefined, "failed", failed(2), ["refused"]],
  ["a scan that hangs is reported at once", undefined, "timed-out", failed(1), ["refused"]],
  ["what is raised already is not reported again", raised, "failed", failed(3), []],
  ["what was held back is", heldBack, "failed", failed(3), ["refused"]],
  ["a success ends what is raised", raised, "succeeded", well, [null]],
  ["and what was held back", heldBack, "succeeded", well, [null]],
  ["where nothing is raised it is not reported", undefined, "succeeded", well, []],
  ["a scan that lacks little ends it too", raised, "partial", lacking(0.4), [null]],
  ["one that lacks half does not, and is no failure", raised, "partial", lacking(0.5), []],
  ["nor one that lacks most, where nothing is raised", undefined, "partial", lacking(0.9), []],
])("%s", (_what, condition, outcome, status, expected) => {
  expect(reportsOf(condition, outcome, status)).toEqual(expected);
});

test("a scan that never ends is reported by the watchdog, once", () => {
  const reported: string[] = [];
  let condition: Condition | undefined;
  const reports = new FailureReports({
    conditionOf: () => condition,
    report: (scanner, failing) => reported.push(`${scanner}: ${failing}`),
  });
  reports.overdue("one", "a scan goes on since 90 s");
  condition = raised;
  reports.overdue("one", "a scan goes on since 91 s");
  expect(reported).toEqual(["one: a scan goes on since 90 s"]);
});
