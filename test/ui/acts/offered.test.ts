import { expect, test } from "bun:test";
import { offeredFor } from "../../../ui/acts/offered";

test.each([
  ["open", "event", { hold: "acknowledge", resolve: false }],
  ["open", "state", { hold: "acknowledge", resolve: true }],
  ["acknowledged", "event", { hold: "unacknowledge", resolve: false }],
  ["acknowledged", "state", { hold: "unacknowledge", resolve: true }],
  ["resolved", "state", { hold: null, resolve: false }],
  ["expired", "event", { hold: null, resolve: false }],
] as const)("of an alert that is %s, an %s", (state, kind, offered) => {
  expect(offeredFor({ state, kind })).toEqual(offered);
});
