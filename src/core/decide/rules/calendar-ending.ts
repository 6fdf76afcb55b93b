import { knownUntil } from "../../calendar/calendar";
import { dayMs } from "../../duration";
import { formatDuration } from "../../text";
import type { DecisionContext } from "../context";
import { systemAlert, systemFingerprint } from "./system-alert";

const rule = "calendar-ending";
/** So long before its last day a calendar is spoken of. */
const noticeMs = 30 * dayMs;

/** A list of closures ends with its year: beyond it a holiday would be taken for silence. */
export function judgeCalendars(context: DecisionContext): void {
  for (const [name, calendar] of Object.entries(context.settings.calendars)) {
    const until = knownUntil(calendar);
    const leftMs = until === null ? null : until - context.now;
    if (leftMs === null || leftMs > noticeMs) {
      context.release(systemFingerprint(rule, name));
      continue;
    }
    const left = `${formatDuration(leftMs)} ${leftMs > 0 ? "from now" : "ago"}`;
    context.hold(
      systemAlert({
        rule,
        subject: name,
        kind: "state",
        priority: "medium",
        message: `The calendar ${name} knows its closures through ${calendar.validThrough}, ${left}: give it those that follow`,
        source: null,
        expiresAt: null,
        details: { calendar: name, validThrough: calendar.validThrough },
      }),
    );
  }
}
