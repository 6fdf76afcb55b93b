import type { AcknowledgementChange } from "../act";
import { comparePriority, type Alert } from "../alert";
import type { StateOverlay } from "./state";

/** Where acknowledgements are kept, and what became of them is noted. */
interface Acknowledgements {
  readonly state: StateOverlay;
  readonly now: number;
  readonly acknowledged: AcknowledgementChange[];
}

/** Ends those whose review time has come. */
export function endAcknowledgements(context: Acknowledgements): void {
  for (const [key, { until }] of context.state.entries("acknowledged")) if (until <= context.now) end(context, key);
}

/** One like it was raised: where that is more urgent, or points the other way, whoever has the one before has not seen this. */
export function rethinkAcknowledgements(context: Acknowledgements, alert: Alert): void {
  for (const [key, { fingerprint, priority, direction }] of context.state.entries("acknowledged")) {
    if (fingerprint !== alert.fingerprint) continue;
    if (comparePriority(alert.priority, priority) > 0 || direction !== alert.direction) end(context, key);
  }
}

/** The alert has ended, and its acknowledgement with it. */
export function forgetAcknowledgement({ state }: Acknowledgements, alertSeq: number): void {
  const key = String(alertSeq);
  if (state.get("acknowledged", key)) state.set("acknowledged", key, null);
}

function end({ state, acknowledged }: Acknowledgements, key: string): void {
  state.set("acknowledged", key, null);
  acknowledged.push({ seq: Number(key), acknowledgement: null });
}
