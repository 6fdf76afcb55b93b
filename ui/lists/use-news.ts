import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Reading } from "./reading";

/** Says in the panel's head what waits above its list, and shows it there or once the reader leaves. */
export function useNews(reading: Reading | null, waiting: string | null, show: () => void): void {
  const shown = useRef(show);
  shown.current = show;
  useEffect(() => reading?.onRelease(() => shown.current()), [reading]);
  useLayoutEffect(() => {
    if (reading !== null) reading.news.value = waiting === null ? null : { waiting, show: () => shown.current() };
  }, [reading, waiting]);
  useEffect(
    () => () => {
      if (reading !== null) reading.news.value = null;
    },
    [reading],
  );
}
