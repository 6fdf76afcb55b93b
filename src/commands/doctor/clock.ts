import { statSync } from "node:fs";
import { formatDuration } from "../../core/text";
import { databasePath, openForReading, StoreError } from "../../store/open";
import { Reader } from "../../store/reader";
import { isoOf } from "../../views/shape";
import { failed, ok, warning, type Examination } from "./finding";

/** No clock that is right shows an earlier time: this program is younger. */
const notBefore = Date.parse("2025-01-01T00:00:00Z");
const toleranceMs = 5_000;

export const examineClock: Examination = ({ data }) => {
  const now = Date.now();
  if (now < notBefore) return [failed("clock", `it shows ${isoOf(now)}, which is long past`)];
  const ahead = newestKnown(data) - now;
  if (ahead > toleranceMs) return [warning("clock", `it shows ${isoOf(now)}, ${formatDuration(ahead)} before the newest thing stored: it was set back`)];
  return [ok("clock", `it shows ${isoOf(now)}, zone ${Intl.DateTimeFormat().resolvedOptions().timeZone}`)];
};

/** The newest time the desk has written, epoch ms; 0 where it has written nothing. */
function newestKnown(data: string): number {
  try {
    using opened = openForReading(data);
    const reader = new Reader(opened);
    const received = [reader.listSignals({ limit: 1 }).items[0]?.receivedAt, reader.listAlerts({ limit: 1 }).items[0]?.raisedAt, reader.settingsHistory(1)[0]?.at];
    return Math.max(0, ...received.map((at) => at ?? 0), statSync(databasePath(data)).mtimeMs);
  } catch (error) {
    // What is wrong with the database is told by its own examination.
    if (error instanceof StoreError) return 0;
    throw error;
  }
}
