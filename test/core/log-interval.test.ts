import { expect, test } from "bun:test";
import { LogInterval } from "../../src/core/log-interval";

test("what a rule leaves behind is said once a minute, each rule's by itself", () => {
  const interval = new LogInterval<string | null>(60_000);
  const said = (at: number, rule: string | null) => interval.may(rule, at);
  expect([said(5, "a"), said(5, "b"), said(5, null)]).toEqual([true, true, true]);
  expect([said(6, "a"), said(60_004, "a"), said(60_004, null)]).toEqual([false, false, false]);
  expect([said(60_005, "a"), said(60_006, "a"), said(60_006, "b"), said(120_004, "a"), said(120_005, "a")]).toEqual([
    true,
    false,
    true,
    false,
    true,
  ]);
});
