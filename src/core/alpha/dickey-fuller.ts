import { normalTail } from "./chance";

/** Outside this MacKinnon's curve is not fitted. */
const tMin = -18.83;
const tMax = -1.61;

/**
 * Chance of a Dickey-Fuller t (with a constant) as far below zero where nothing pulls back: MacKinnon's 1994 response surface.
 * 1 where it is no evidence to speak of.
 */
export function unitRootTail(t: number): number {
  if (!(t < tMax)) return 1;
  const bounded = Math.max(t, tMin);
  return normalTail(-(2.1659 + 1.4412 * bounded + 0.038_269 * bounded * bounded));
}
