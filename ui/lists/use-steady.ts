import { useContext, useRef, useState } from "preact/hooks";
import { ReadingContext } from "./reading";
import { waitingFor, withChanges } from "./steady";
import { useNews } from "./use-news";

/**
 * The rows of a panel's list as they are shown: while someone reads them none moves, and what is new waits in the
 * panel's head. `keyOf` says which row it is; `list` which list, for another filter or order shows its rows at once.
 */
export function useSteady<T>(rows: readonly T[], keyOf: (row: T) => string, list = ""): readonly T[] {
  const reading = useContext(ReadingContext);
  const kept = useRef({ rows, list });
  const [, redraw] = useState(0);
  const steady = reading?.holds() === true && kept.current.list === list && kept.current.rows.length > 0;
  kept.current = { rows: steady ? withChanges(kept.current.rows, rows, keyOf) : rows, list };
  const waiting = steady ? waitingFor(kept.current.rows, rows, keyOf) : 0;
  useNews(reading, waiting === 0 ? null : `${waiting}`, () => {
    kept.current = { rows, list };
    redraw((before) => before + 1);
  });
  return kept.current.rows;
}
