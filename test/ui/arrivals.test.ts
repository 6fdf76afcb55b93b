import { expect, test } from "bun:test";
import { createClock } from "../../ui/live/clock";
import { createStore } from "../../ui/store";
import { aSignal } from "../browser/scripted-daemon";

test("a new row is marked; of a flood only the first are, and after it new ones again", () => {
  let now = 0;
  const store = createStore(
    createClock(
      () => now,
      () => false,
    ),
    () => now,
  );
  const arrive = (seq: number) =>
    store.apply({
      type: "new_signal",
      seq,
      timestamp: new Date(now).toISOString(),
      signal: aSignal({ id: `s${seq}` }),
    });
  const marked = (...seqs: readonly number[]) => seqs.filter((seq) => store.arrivedLive(`s${seq}`));
  for (let seq = 1; seq <= 50; seq++) {
    now += 20;
    arrive(seq);
  }
  expect(marked(1, 5, 6, 30, 50)).toEqual([1, 5]);
  now += 1600;
  arrive(51);
  expect(marked(51)).toEqual([51]);
});
