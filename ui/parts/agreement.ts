import type { Direction } from "../../src/core/signal";

/** How far a component must be on the other side of 50 to count as disagreeing, score points. */
const margin = 2;

/** Whether a part of a score points the other way than the whole. Takes 0 to 100. */
export function disagrees(direction: Direction, score: number | null): boolean {
  if (score === null) return false;
  if (direction === "long") return score < 50 - margin;
  return direction === "short" && score > 50 + margin;
}

/** A component's name for people. */
export function componentName(name: string): string {
  const words = name
    .replaceAll(/[_-]+/g, " ")
    .replace(/^orderflow$/, "order flow")
    .replace(/^orderbook$/, "order book")
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
