/**
 * Runs `work` over all, `most` at a time. Rejects with the first failure, or the signal's reason once it is aborted,
 * after what runs has ended.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  max: number,
  work: (item: T) => Promise<R>,
  signal: AbortSignal,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      signal.throwIfAborted();
      const index = next++;
      // The bound was just checked; items hold no holes.
      results[index] = await work(items[index] as T);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(max, items.length) }, worker));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
  return results;
}
