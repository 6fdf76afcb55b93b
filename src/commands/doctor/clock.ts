import { dayMs } from "../../core/duration";
import { statSync } from "node:fs";
import { resumeTime } from "../../core/trusted-time";
import { formatDuration } from "../../core/text";
import { databasePath, openForReading, StoreError } from "../../store/db";
import { listAlerts } from "../../store/alerts";
import { Reader } from "../../store/reader";
import { newestReceived } from "../../store/received";
import { listSignals } from "../../store/signals";
import { storedTrust } from "../../store/trusted-clock";
import { isoOf } from "../../views/shape";
import { failed, ok, warning, type DoctorCheck } from "./finding";

/** No clock that is right shows an earlier time: this program is younger. */
const notBefore = Date.parse("2025-01-01T00:00:00Z");
const toleranceMs = 5_000;
/** A machine that was off for a night has nothing to explain. */

export const checkClock: DoctorCheck = ({ data }) => {
  const now = Date.now();
  if (now < notBefore) return [failed("clock", `it shows ${isoOf(now)}, which is long past`)];
  const ahead = newestKnown(data) - now;
  if (ahead > toleranceMs)
    return [
      warning(
        "clock",
        `it shows ${isoOf(now)}, ${formatDuration(ahead)} before the newest thing stored: it was set back`,
      ),
    ];
  const doubt = doubtedBy(data, now);
  if (doubt !== null)
    return [
      warning(
        "clock",
        `it shows ${isoOf(now)}, ${formatDuration(doubt.byMs)} ahead of the time that is confirmed: ` +
          "nothing old is removed until it was steady for 24 h; if it is right, virtuoso clock confirm",
      ),
    ];
  return [ok("clock", `it shows ${isoOf(now)}, zone ${Intl.DateTimeFormat().resolvedOptions().timeZone}`)];
};

/** What the daemon would make of this clock; null where it would believe it, or nothing is stored. */
function doubtedBy(data: string, now: number): { readonly byMs: number } | null {
  try {
    using database = openForReading(data);
    const stored = storedTrust(new Reader(database));
    const { ahead } = resumeTime(stored, newestReceived(database), now);
    const waited = stored !== null && stored.ahead !== null;
    return ahead !== null && (waited || ahead.byMs > dayMs) ? ahead : null;
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

/** The newest time the desk has written, epoch ms; 0 where it has written nothing. */
function newestKnown(data: string): number {
  try {
    using database = openForReading(data);
    const reader = new Reader(database);
    const received = [
      listSignals(database, { limit: 1 }).items[0]?.receivedAt,
      listAlerts(database, { limit: 1 }).items[0]?.raisedAt,
      reader.settingsHistory(1)[0]?.at,
    ];
    return Math.max(0, ...received.map((at) => at ?? 0), statSync(databasePath(data)).mtimeMs);
  } catch (error) {
    // What is wrong with the database is the finding of its own check.
    if (error instanceof StoreError) return 0;
    throw error;
  }
}
