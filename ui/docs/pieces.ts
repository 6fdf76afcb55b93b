import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** So many sections are drawn at once: a few milliseconds of work. */
const atOnce = 8;

/**
 * Draws long content piece after piece, in its order, so that the page answers in between and nothing moves that is
 * there. Calls `whole` once all is drawn.
 */
export function Pieces({ of: pieces, whole }: { of: readonly (() => VNode)[]; whole: () => void }) {
  // What is drawn stays the same to the last object, which spares comparing it again.
  const drawn = useRef<VNode[]>([]);
  const [count, draw] = useState(atOnce);
  for (const piece of pieces.slice(drawn.current.length, count)) drawn.current.push(piece());
  useEffect(() => {
    if (count >= pieces.length) {
      whole();
      return;
    }
    const next = setTimeout(() => draw(count + atOnce));
    return () => clearTimeout(next);
  }, [count]);
  return [...drawn.current];
}
