/** 0 to below 1: what spreads tries that failed together. */
export function chance(): number {
  const [bits = 0] = crypto.getRandomValues(new Uint32Array(1));
  return bits / 2 ** 32;
}
