/** Ends after so long, or at once when it is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  signal.addEventListener("abort", end, { once: true });
  const timer = setTimeout(end, ms);
  await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", end);
}
