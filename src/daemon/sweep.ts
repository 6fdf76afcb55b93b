const lookEveryMs = 1000;
/** As many observations leave some tens of megabytes behind. */
const worthSweeping = 2000;

/** What tells whether anybody would wait for a sweep. */
export interface Bustle {
  /** Observations so far. */
  observed(): number;
  /** Requests answered so far. */
  answered(): number;
  /** Whether a look that takes long is under way. */
  looking(): boolean;
}

/**
 * A burst leaves the heap three times as large as what it holds, and a runtime that has nothing to do sees no reason to
 * give that back. So it is asked to, once nothing has come and nobody has asked for a second: it holds the loop for some tens
 * of milliseconds, which nobody waits for.
 */
export function sweepAfterBursts(bustle: Bustle, sweep: () => void): Disposable {
  let sweptAt = Number.NEGATIVE_INFINITY;
  let before = { observed: bustle.observed(), answered: bustle.answered() };
  const timer = setInterval(() => {
    const now = { observed: bustle.observed(), answered: bustle.answered() };
    const quiet = now.observed === before.observed && now.answered === before.answered && !bustle.looking();
    before = now;
    if (!quiet || now.observed - sweptAt < worthSweeping) return;
    sweptAt = now.observed;
    sweep();
  }, lookEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
