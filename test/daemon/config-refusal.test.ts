import { expect, test } from "bun:test";
import { configRefusedFingerprint } from "../../src/core/decide/rules/config-refused";
import { MemoryState, StateOverlay } from "../../src/core/decide/state";
import { ConfigRefusal } from "../../src/daemon/config-refusal";

test("a refusal is recorded when it changes, and not each time the file is read", () => {
  const recorded: (string | null)[] = [];
  const refusal = new ConfigRefusal((why) => recorded.push(why));
  for (const why of [null, "no such field", "no such field", "no such source", null, null]) refusal.note(why);
  expect(recorded).toEqual(["no such field", "no such source", null]);
  expect(refusal.why).toBeNull();
});

test("a file that was mended while the daemon was down ends the alert at the start; where there is none nothing is recorded", () => {
  const recorded: (string | null)[] = [];
  const state = new MemoryState();
  new ConfigRefusal((why) => recorded.push(why)).started(state);
  expect(recorded).toEqual([]);
  const overlay = new StateOverlay(state);
  overlay.set("condition", configRefusedFingerprint, { since: 1, alertSeq: 2 });
  state.apply(overlay);
  new ConfigRefusal((why) => recorded.push(why)).started(state);
  expect(recorded).toEqual([null]);
});
