import { afterEach, expect, test } from "bun:test";
import { createRefresher, type Refresher } from "../../../ui/live/refresher";

let refresher: Refresher | undefined;
afterEach(() => refresher?.stop());

/** Reads that end when the story says so. */
function scripted(everyMs: number) {
  const ends: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  refresher = createRefresher(everyMs, async (signal) => {
    signals.push(signal);
    await new Promise<void>((end) => ends.push(end));
  });
  return { refresher, signals, end: async () => (ends.shift()?.(), await Bun.sleep(0)) };
}

test("one read at a time: any number of requests meanwhile is one more read after it", async () => {
  const { refresher, signals, end } = scripted(0);
  refresher.now();
  refresher.now();
  refresher.now();
  expect(signals).toHaveLength(1);
  await end();
  expect(signals).toHaveLength(2);
  await end();
  expect(signals).toHaveLength(2);
});

test("a burst of news is one read", async () => {
  const { refresher, signals, end } = scripted(5);
  refresher.now();
  await end();
  for (let n = 0; n < 10; n += 1) refresher.soon();
  while (signals.length < 2) await Bun.sleep(1);
  await end();
  await Bun.sleep(10);
  expect(signals).toHaveLength(2);
});

test("stopped, it reads no more, and the read under way is aborted", async () => {
  const { refresher, signals, end } = scripted(0);
  refresher.now();
  refresher.soon();
  refresher.stop();
  expect(signals[0]?.aborted).toBe(true);
  await end();
  await Bun.sleep(5);
  expect(signals).toHaveLength(1);
});
