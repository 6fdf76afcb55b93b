const lookEveryMs = 1000;
/** As many observations leave some tens of megabytes behind. */
const worthSweeping = 2000;

/**
 * A burst leaves the heap three times as large as what it holds, and a runtime that has nothing to do sees no reason to
 * give that back. So it is asked to, once nothing has come for a second: it takes some tens of milliseconds nobody waits for.
 */
export function sweepAfterBursts(observed: () => number, sweep: () => void): Disposable {
  let sweptAt = Number.NEGATIVE_INFINITY;
  let before = observed();
  const timer = setInterval(() => {
    const now = observed();
    const quiet = now === before;
    before = now;
    if (!quiet || now - sweptAt < worthSweeping) return;
    sweptAt = now;
    sweep();
  }, lookEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
