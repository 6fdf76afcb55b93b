import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** The width of an element in CSS pixels, as it changes; 0 until it stands. */
export function useWidth(of: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (of.current === null) return;
    let frame = 0;
    // In the next frame: a redraw while sizes are being reported may change them again, and browsers warn of that.
    const observer = new ResizeObserver(([entry]) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    });
    observer.observe(of.current);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, []);
  return width;
}
