const everyMs = 500;
const windowMs = 5000;

/** Watches how late timers run. `worst`: seconds, over the last few. */
export function watchLoop(elapsed: () => number): Disposable & { readonly worst: () => number } {
  let expectedAt = elapsed() + everyMs;
  const recent: { at: number; lag: number }[] = [];
  const timer = setInterval(() => {
    const at = elapsed();
    recent.push({ at, lag: Math.max(0, at - expectedAt) });
    while (recent[0] && recent[0].at < at - windowMs) recent.shift();
    expectedAt = at + everyMs;
  }, everyMs);
  timer.unref();
  return {
    worst: () => Math.max(0, ...recent.map(({ lag }) => lag)) / 1000,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
