const firstMs = 500;
const longestMs = 30_000;

/**
 * How long to wait before try number `attempt` (from 0), in ms. It doubles up to half a minute and never ends;
 * `chance` (0 to 1) spreads a crowd of pages that lost the same daemon at the same moment.
 */
export function backoffMs(attempt: number, chance: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.round(whole / 2 + (whole / 2) * chance);
}

/** 0 to 1. */
export function drawChance(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 0xffff_ffff;
}
