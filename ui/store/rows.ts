import { withNewest } from "../live/newest";
import type { AlertShape, Frame, OpportunityNews, SignalShape } from "../wire";
import type { State } from "./state";

const rowsMax = 20;
const opportunitiesMax = 10;

/**
 * The place in the one order of everything, which a clock that was ahead does not change; padded, as it is compared
 * as text.
 */
const placeOf = (id: string) => id.slice(1).padStart(16, "0");
const byId = {
  same: (a: { readonly id: string }, b: { readonly id: string }) => a.id === b.id,
  time: (row: { readonly id: string }) => placeOf(row.id),
  limit: rowsMax,
};
const byPattern = {
  same: (a: OpportunityNews, b: OpportunityNews) => a.symbol === b.symbol && a.pattern === b.pattern,
  time: (row: OpportunityNews) => placeOf(row.id),
  limit: opportunitiesMax,
};

/** Lays one event over the lists; the same event twice changes nothing. */
export function layEvent({ signals, alerts, opportunities }: State, frame: Frame): void {
  if (frame.type === "new_signal" || frame.type === "signal_changed")
    signals.value = withNewest<SignalShape>(signals.value ?? [], frame.signal, byId);
  else if (frame.type === "new_alert" || frame.type === "alert_changed")
    alerts.value = withNewest<AlertShape>(alerts.value ?? [], frame.alert, byId);
  else if (frame.type === "alpha_opportunity")
    opportunities.value = withNewest(opportunities.value ?? [], frame.opportunity, byPattern);
}

/** The id of the row an event brings; null where it brings none. */
export function arrivalOf(frame: Frame): string | null {
  if (frame.type === "new_signal") return frame.signal.id;
  if (frame.type === "new_alert") return frame.alert.id;
  return frame.type === "alpha_opportunity" ? frame.opportunity.id : null;
}

/** A high alert for screen readers. */
export function noteRaised({ raised }: State, frame: Frame): void {
  if (frame.type === "new_alert" && frame.alert.priority === "high")
    raised.value = [...raised.value, frame.alert].slice(-rowsMax);
}
