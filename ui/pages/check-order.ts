import type { HealthShape } from "../../src/views/health";

export type Check = HealthShape["checks"][string];

/** The worst first. */
export const order: readonly Check["status"][] = ["unhealthy", "degraded", "unknown", "healthy", "skipped"];

/**
 * Puts checks in order, the worst first, then by name. One that gets better keeps its place for as long as this is
 * kept, so that what is read moves for bad news alone.
 */
export function createCheckOrder(): (checks: HealthShape["checks"]) => readonly (readonly [string, Check])[] {
  const worst = new Map<string, number>();
  const rankOf = (name: string) => worst.get(name) ?? order.length;
  return (checks) => {
    const all = Object.entries(checks);
    for (const [name, { status }] of all) worst.set(name, Math.min(rankOf(name), order.indexOf(status)));
    return all.toSorted(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  };
}
