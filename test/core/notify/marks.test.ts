import { expect, test } from "bun:test";
import type { Waiting } from "../../../src/core/notify/claim";
import { marksAfter } from "../../../src/core/notify/marks";

const raise: Waiting = {
  seq: 1,
  alertSeq: 7,
  purpose: "raise",
  createdAt: 0,
  dueAt: 0,
  attempts: 0,
  alert: null,
  raise: "due",
  foldsWith: null,
  unlessAcknowledged: false,
};
const terms = { now: 100, giveUpMs: 1000, againAt: 200 };
const accepted = { outcome: "accepted", answer: "ok", remoteId: "42" } as const;

test.each<[string, readonly Waiting[], string | null]>([
  ["one alert", [], "42"],
  ["one alert and its end", [{ ...raise, seq: 2, purpose: "resolve" }], "42"],
  ["others as well", [{ ...raise, seq: 3, alertSeq: 8 }], null],
])("a message that speaks of %s is kept by its name, or is not to be changed", (_, folded, remoteId) => {
  const [mark, ...others] = marksAfter({ carrier: raise, folded }, accepted, terms);
  expect(mark).toMatchObject({ seq: 1, state: "sent", remoteId });
  expect(others).toEqual(folded.map(({ seq }) => ({ seq, state: "folded", foldedInto: 1, endedAt: 100 })));
});
