import { expect, test } from "bun:test";
import { activeText, countdownText, endText, hidText, matchText } from "../../../ui/acts/silence-words";

const now = Date.parse("2026-11-20T13:09:22Z");
const timed = { ends_at: "2026-11-20T15:09:22Z", until_alert: null };
const withAlert = { ends_at: null, until_alert: "a12" };
const unused = { ends_at: null, until_alert: null };

test.each([
  [timed, "until 15:09 UTC", "ends in 2 h 0 min"],
  [withAlert, "until alert a12 ends", "ends with alert a12"],
  [unused, "until it has hidden nothing for 24 h", "ends once it has hidden nothing for 24 h"],
] as const)("the end of a silence: %#", (silence, end, countdown) => {
  expect(endText(silence, now)).toBe(end);
  expect(countdownText(silence, now)).toBe(countdown);
});

test.each([
  [[timed], "1 silence active, it ends in 2 h 0 min"],
  [[withAlert], "1 silence active"],
  [[timed, withAlert], "2 silences active, the next ends in 2 h 0 min"],
  [[timed, { ...timed, ends_at: "2026-11-20T13:47:30Z" }], "2 silences active, the next ends in 38 min 8 s"],
] as const)("how many hold: %#", (silences, words) => {
  expect(activeText(silences, now)).toBe(words);
});

test("what it hid", () => {
  expect(hidText({ hidden: 0, hidden_high: 0 })).toBe("hid nothing yet");
  expect(hidText({ hidden: 4, hidden_high: 0 })).toBe("hid 4");
  expect(hidText({ hidden: 4, hidden_high: 1 })).toBe("hid 4, 1 high");
});

test("what a silence mutes is read in words", () => {
  const match = [
    { name: "symbol", op: "=", value: "BTCUSDT" },
    { name: "source", op: "!~", value: "^t" },
  ] as const;
  expect(matchText({ match: [...match] })).toBe("symbol is BTCUSDT, and source does not match ^t");
  expect(matchText({ match: [] })).toBe("every alert");
});
