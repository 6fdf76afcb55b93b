import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../store-context";
import type { ChartDrawing } from "./chart-look";

/**
 * A chart in its place, made once it is there and removed with it. One that could not be loaded is tried again when the
 * daemon is back. `make` is called as it was first given.
 */
export function useDrawing<Drawn>(make: (host: HTMLElement) => Promise<ChartDrawing<Drawn>>): {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly drawing: ChartDrawing<Drawn> | null;
  readonly failed: boolean;
} {
  const host = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<ChartDrawing<Drawn> | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, begin] = useState(0);
  const store = useStore();
  useEffect(() => {
    let over = false;
    let made: ChartDrawing<Drawn> | undefined;
    const draw = async () => {
      if (host.current === null) return;
      made = await make(host.current);
      if (over) made.remove();
      else setDrawing(made);
    };
    setFailed(false);
    draw().catch(() => setFailed(true));
    return () => {
      over = true;
      made?.remove();
    };
  }, [round]);
  useEffect(
    () =>
      failed
        ? store.listen((frame) => {
            if (frame.type === "hello" || frame.type === "refresh") begin(round + 1);
          })
        : undefined,
    [failed],
  );
  return { host, drawing, failed };
}
