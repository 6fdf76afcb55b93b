import { minuteMs } from "../../core/duration";
import type { DatedBy } from "../../core/signal";
import { look, type Entry } from "./entry";
import { ParseError } from "./parse-error";
import { momentOf, type Moment } from "./moment";
import { shown } from "./notes";
import { isPlaceholder } from "./placeholder";
import type { JsonValue } from "./value";

/** How far ahead of the reader's clock a report may be dated, ms. */
const aheadMsMax = 5 * minuteMs;

/** When an entry says the market was so, and what said it. */
export interface Dating extends Moment {
  readonly datedBy: DatedBy;
}

/** The time of an entry: the body's, else the name's, else the file's mtime, never later than now. */
export function readDating(entry: Entry): Dating | ParseError {
  return fromBody(entry) ?? fromName(entry) ?? fromFile(entry);
}

/** Why this dating is refused, if it is: a report cannot know the market of tomorrow. */
export function aheadOf({ at, datedBy }: Dating, now: number): ParseError | null {
  if (at <= now + aheadMsMax) return null;
  const where = datedBy === "name" ? "by its name" : "by its body";
  return new ParseError(
    "future",
    `Dated ${new Date(at).toISOString()} ${where}, more than 5 minutes ahead of ${new Date(now).toISOString()}.`,
  );
}

/** When a file came to be there, by its own time; a clock that set that ahead of ours cannot make it later than this moment. */
export function arrivedAt(mtimeMs: number, now: number): number {
  return mtimeMs >= 0 && mtimeMs <= now ? Math.round(mtimeMs) : now;
}

function fromBody(entry: Entry): Dating | ParseError | null {
  let unreadable: ParseError | null = null;
  for (const { key, value } of look(entry, "time")) {
    const moment = momentOf(value, entry.parseOptions.zone, arrivedAt(entry.mtimeMs, entry.now));
    if (moment !== null) {
      entry.notes.read(key, "observedAt", value, described(moment, entry.parseOptions.zone));
      return { ...moment, datedBy: "body" };
    }
    entry.notes.missing(key, "observedAt", value, "not a time");
    if (!standsForNothing(value))
      unreadable ??= new ParseError(
        "bad-time",
        `${key} is ${shown(value)}, not a time in zone ${entry.parseOptions.zone}.`,
      );
  }
  return unreadable;
}

function fromName(entry: Entry): Dating | null {
  const { time } = entry.hints();
  if (time === null) return null;
  entry.notes.read("(name)", "observedAt", new Date(time.at).toISOString(), described(time, entry.parseOptions.zone));
  return { ...time, datedBy: "name" };
}

function fromFile(entry: Entry): Dating {
  const at = arrivedAt(entry.mtimeMs, entry.now);
  entry.notes.read("(mtime)", "observedAt", new Date(at).toISOString());
  return { at, zoneAssumed: false, datedBy: "mtime" };
}

function standsForNothing(value: JsonValue): boolean {
  return typeof value === "string" ? isPlaceholder(value) : typeof value === "number" && !Number.isFinite(value);
}

function described({ at, zoneAssumed }: Moment, zone: string): string {
  const iso = new Date(at).toISOString();
  return zoneAssumed ? `${iso}, in zone ${zone}` : iso;
}
