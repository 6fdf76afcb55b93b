import { expect, test } from "bun:test";
import {
  comesThrough,
  firstChosen,
  likenessesOf,
  previewText,
  silenceBody,
  spansFor,
  untilText,
} from "../../../ui/acts/mute";

const now = Date.parse("2026-11-20T13:09:22Z");

test("what is like an alert is what it has: symbol, source, rule", () => {
  const all = likenessesOf({ symbol: "SOLUSDT", source: null, rule: "funding" });
  expect(all).toEqual([
    { name: "symbol", op: "=", value: "SOLUSDT" },
    { name: "rule", op: "=", value: "funding" },
  ]);
  expect(firstChosen(all)).toEqual(["symbol"]);
  expect(firstChosen(likenessesOf({ symbol: null, source: "hunch", rule: "source-decayed" }))).toEqual([
    "source",
    "rule",
  ]);
});

test.each([
  ["open", "state", "until it resolves"],
  ["acknowledged", "event", "until it ends"],
  ["resolved", "state", "24 h"],
  ["expired", "event", "24 h"],
] as const)("of one that is %s, a %s, the last choice is %s", (state, kind, last) => {
  expect(spansFor({ state, kind }).at(-1)?.label).toBe(last);
});

const firing = { timestamp: "2026-11-20T12:35:00Z", kind: "state", expires_at: null } as const;
test.each([
  [{ name: "2h", label: "2 h", ms: 7_200_000 }, firing, "until 15:09 UTC"],
  [{ name: "24h", label: "24 h", ms: 86_400_000 }, firing, "until 21 Nov 13:09 UTC"],
  [{ name: "resolved", label: "", ms: null }, firing, "firing for 34 min"],
  [
    { name: "resolved", label: "", ms: null },
    { ...firing, kind: "event", expires_at: "2026-11-20T16:00:00Z" },
    "at the latest 16:00 UTC",
  ],
] as const)("when it would end: %#", (span, alert, words) => {
  expect(untilText(span, alert, now)).toBe(words);
});

test("a mute is sent as it was chosen", () => {
  const match = likenessesOf({ symbol: "SOLUSDT", source: null, rule: "funding" }).slice(0, 1);
  expect(silenceBody({ alertId: "a12", match, span: "2h", includeHigh: false, comment: "" })).toEqual({
    match,
    for: "2h",
    include_high: false,
  });
  expect(silenceBody({ alertId: "a12", match, span: "resolved", includeHigh: true, comment: "known" })).toEqual({
    match,
    until: "resolved",
    alert: "a12",
    comment: "known",
    include_high: true,
  });
});

test("its price is a sentence, and a look that ended early says how far it went", () => {
  const preview = {
    since: "2026-11-13T13:00:00Z",
    until: "2026-11-20T13:00:00Z",
    complete: true,
    hidden: 14,
    hidden_high: 2,
    high_left: 0,
    words: "",
  };
  expect(previewText(preview)).toBe("Would have hidden 14 in 7 days, 2 high.");
  expect(previewText({ ...preview, complete: false, since: "2026-11-18T01:00:00Z" })).toBe(
    "Would have hidden 14 in the last 2 d, 2 high.",
  );
  expect(comesThrough(preview)).toBe("");
  expect(comesThrough({ ...preview, high_left: 3 })).toBe("3 high would still have come through.");
});
