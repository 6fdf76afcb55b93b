import { minuteMs } from "../../duration";
import type { DecisionContext } from "../context";
import type { ReportObserved } from "../../observation";
import { settingsFor } from "../../settings";
import type { OffsetRun } from "../state";
import { systemAlert, systemFingerprint } from "./system-alert";

const quarterHourMs = 15 * minuteMs;
/** A report is written within moments of its own time; further off a quarter hour it is simply late. */
const toleranceMs = 2 * minuteMs;
const reportsInARow = 5;

/** Writers of naive local time sit at one offset from their files' own times. Nothing is shifted by itself: a person is notified. */
export function noteOffset(context: DecisionContext, observation: ReportObserved): void {
  const dated = datedBy(observation);
  if (!dated) return;
  const { source } = observation;
  const delta = dated.observedAt - observation.modifiedAt;
  const nearest = Math.round(delta / quarterHourMs);
  const quarters = Math.abs(delta - nearest * quarterHourMs) <= toleranceMs ? nearest : 0;
  const before = context.state.get("offset", source);
  const run = before && before.quarters === quarters ? before.run + 1 : 1;
  const offset = { quarters, run: Math.min(run, reportsInARow), zoneAssumed: dated.zoneAssumed };
  if (JSON.stringify(before) !== JSON.stringify(offset)) context.state.set("offset", source, offset);
  if (quarters === 0) context.release(systemFingerprint("clock-offset", source));
  else if (run >= reportsInARow) context.hold(offsetAlert(context, source, offset));
}

/** The time the body claims, a refused future included. */
function datedBy({ signals, refusals }: ReportObserved): { observedAt: number; zoneAssumed: boolean } | null {
  const signal = signals.find((each) => each.datedBy === "body");
  if (signal) return signal;
  const future = refusals.find((each) => each.reason === "future");
  return future && future.observedAt !== null
    ? { observedAt: future.observedAt, zoneAssumed: future.zoneAssumed }
    : null;
}

function offsetAlert(context: DecisionContext, source: string, { quarters, zoneAssumed }: OffsetRun) {
  return systemAlert({
    rule: "clock-offset",
    subject: source,
    kind: "state",
    priority: "medium",
    message: `The times of ${source} are ${formatOffset(quarters)} off its files' times, ${reportsInARow} reports in a row: ${adviceOn(
      source,
      quarters,
      zoneAssumed,
      settingsFor(context.settings, source).zone,
    )}`,
    source,
    expiresAt: null,
    details: { offsetMinutes: quarters * 15, zoneAssumed },
  });
}

/** The line of the config that would mend it, or who else must. */
export function adviceOn(source: string, quarters: number, zoneAssumed: boolean, zone: string): string {
  if (!zoneAssumed) return "they name their own zone, so the writer's clock or zone is wrong";
  if (zone !== "UTC") return `its zone ${zone} in virtuoso.config.ts is off by ${formatOffset(quarters)}`;
  return (
    `if it writes local time, say so in virtuoso.config.ts: sources: [reports({ name: "${source}", zone: ` +
    `"${formatOffset(quarters)}" })]`
  );
}

/** +05:30 */
export function formatOffset(quarters: number): string {
  const minutes = Math.abs(quarters) * 15;
  return `${quarters < 0 ? "-" : "+"}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
