/** What decides when a series has its turn. */
export interface Turn {
  readonly symbol: string;
  /** The scan that requested it last; 0 before the first. */
  readonly requestedIn: number;
}

/** So many of the most traded are requested by every scan. */
const loudMax = 100;

/**
 * What is requested first, where not all may fit into a scan: the benchmark, for the others wait for its candles; the most traded, but
 * no more than half of what fits; then by turns whoever waited longest. Otherwise the order given stands.
 */
export function rotate<T extends Turn>(due: readonly T[], symbols: readonly string[], fits: number): T[] {
  const loud = new Set(symbols.slice(0, Math.min(loudMax, Math.floor(fits / 2))));
  const rankOf = ({ symbol, requestedIn }: Turn) => (symbol === symbols[0] ? -2 : loud.has(symbol) ? -1 : requestedIn);
  return due.toSorted((a, b) => rankOf(a) - rankOf(b));
}
