import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** How many of the links of a row fit beside what else stands in it; the row is as wide as the room there is. */
export function useFitting(row: RefObject<HTMLElement | null>, count: number, besides: string | null): number {
  const [fitting, fit] = useState(count);
  /** As they were when last seen: one that has no room has no width. */
  const { current: widths } = useRef(new Map<number, number>());
  useLayoutEffect(() => {
    const whole = row.current;
    if (whole === null) return;
    const measure = () => {
      // One that does not shrink goes on beyond the edge, and is swiped.
      let left = getComputedStyle(whole).flexShrink === "0" ? Infinity : whole.clientWidth;
      let links = 0;
      // On a phone the row is not there at all.
      if (left === 0) return;
      for (const child of whole.children) {
        if (!(child instanceof HTMLElement)) continue;
        const place = child.dataset["nth"];
        if (place === undefined) left -= child.offsetWidth;
        else if (!child.hidden) widths.set(Number(place), child.offsetWidth);
      }
      for (let nth = 0; nth < count && (left -= widths.get(nth) ?? 0) >= 0; nth++) links += 1;
      fit(links);
    };
    measure();
    const resized = new ResizeObserver(measure);
    for (const each of [whole, ...whole.children]) resized.observe(each);
    return () => resized.disconnect();
  }, [count, besides]);
  return fitting;
}
