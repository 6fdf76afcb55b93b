import type { DatedBy } from "../../core/signal";
import { look, type Entry } from "./entry";
import { Fault } from "./fault";
import { momentOf, type Moment } from "./moment";
import { shown } from "./notes";
import { isPlaceholder } from "./placeholder";
import type { JsonValue } from "./value";

/** How far ahead of the reader's clock a report may be dated, ms. */
export const AHEAD_MAX_MS = 5 * 60_000;

/** When an entry says the market was so, and what said it. */
export interface Dating extends Moment {
  readonly datedBy: DatedBy;
}

/** The time of an entry: the body's, else the name's, else the file's mtime, never later than now. */
export function readDating(entry: Entry): Dating | Fault {
  return fromBody(entry) ?? fromName(entry) ?? fromFile(entry);
}

/** Why this dating is refused, if it is: nobody saw the market of tomorrow. */
export function aheadOf({ at, datedBy }: Dating, now: number): Fault | null {
  if (at <= now + AHEAD_MAX_MS) return null;
  const where = datedBy === "name" ? "by its name" : "by its body";
  return new Fault("future", `Dated ${new Date(at).toISOString()} ${where}, more than 5 minutes ahead of ${new Date(now).toISOString()}.`);
}

/** When a file came to be there, by its own time; a clock that set that ahead of ours cannot make it later than this moment. */
export function arrivedAt(mtimeMs: number, now: number): number {
  return mtimeMs >= 0 && mtimeMs <= now ? Math.round(mtimeMs) : now;
}

function fromBody(entry: Entry): Dating | Fault | null {
  let unreadable: Fault | null = null;
  for (const { key, value } of look(entry, "time")) {
    const moment = momentOf(value, entry.manner.zone, arrivedAt(entry.mtimeMs, entry.now));
    if (moment !== null) {
      entry.notes.read(key, "observedAt", value, said(moment, entry.manner.zone));
      return { ...moment, datedBy: "body" };
    }
    entry.notes.missing(key, "observedAt", value, "not a time");
    if (!standsForNothing(value)) unreadable ??= new Fault("bad-time", `${key} is ${shown(value)}, not a time in zone ${entry.manner.zone}.`);
  }
  return unreadable;
}

function fromName(entry: Entry): Dating | null {
  const { time } = entry.hints();
  if (time === null) return null;
  entry.notes.read("(name)", "observedAt", new Date(time.at).toISOString(), said(time, entry.manner.zone));
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

function said({ at, zoneAssumed }: Moment, zone: string): string {
  const iso = new Date(at).toISOString();
  return zoneAssumed ? `${iso}, in zone ${zone}` : iso;
}
