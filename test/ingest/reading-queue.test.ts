import { expect, test } from "bun:test";
import { ReadingQueue } from "../../src/ingest/reading-queue";

/** A queue whose reads end when the test says so. */
function slowQueue(atOnceMax: number) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const queue = new ReadingQueue(atOnceMax, (path) => {
    begun.push(path);
    return new Promise<void>((resolve) => ends.set(path, resolve));
  });
  const end = async (path: string) => {
    ends.get(path)?.();
    await Bun.sleep(0);
  };
  return { queue, begun, end };
}

test("as many are read at once as there is room for, the longest waiting first", async () => {
  const { queue, begun, end } = slowQueue(2);
  for (const [at, path] of ["a", "b", "c", "d"].entries()) queue.add(path, at);
  expect(begun).toEqual(["a", "b"]);
  await end("a");
  await end("b");
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("a file that changes while it is read is read once more, and never twice at a time", async () => {
  const { queue, begun, end } = slowQueue(8);
  queue.add("a", 1);
  queue.add("a", 2);
  queue.add("a", 3);
  queue.add("b", 4);
  expect(begun).toEqual(["a", "b"]);
  await end("a");
  expect(begun).toEqual(["a", "b", "a"]);
  await end("a");
  await end("b");
  expect(queue.isEmpty).toBe(true);
});

test("what is read apart is kept from the queue until it is done, and what the queue reads is left to it", async () => {
  const { queue, begun, end } = slowQueue(8);
  queue.add("a", 1);
  const { promise, resolve: done } = Promise.withResolvers<void>();
  const apart = queue.readApart(["a", "b"], (free) => {
    expect(free).toEqual(["b"]);
    return promise;
  });
  queue.add("b", 2);
  expect([begun, queue.has("b")]).toEqual([["a"], true]);
  done();
  await apart;
  expect(begun).toEqual(["a", "b"]);
  await end("a");
});

test("closed, it begins nothing; cleared, it forgets what waits", async () => {
  const { queue, begun, end } = slowQueue(1);
  for (const path of ["a", "b"]) queue.add(path, 1);
  queue.clear();
  await end("a");
  expect([begun, queue.isEmpty]).toEqual([["a"], true]);
  queue.close();
  queue.add("c", 2);
  expect(begun).toEqual(["a"]);
});
