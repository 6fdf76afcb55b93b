import { reviewAfterMs, type Acted, type ActTarget } from "../act";
import type { ActObserved } from "../observation";
import type { DecisionContext } from "./context";

/** What someone did with alerts; each stands or falls by itself. */
export function applyAct(context: DecisionContext, act: ActObserved): void {
  for (const alert of act.alerts) context.acted.push(actOn(context, act, alert));
}

function actOn(context: DecisionContext, act: ActObserved, alert: ActTarget): Acted {
  const answer = (outcome: Acted["outcome"], until: number | null = null) => ({
    alertSeq: alert.seq,
    outcome,
    until,
  });
  // What was made of an alert is known best once it is over.
  if (act.act === "feedback" || act.act === "note") return answer("done");
  if (!context.stands(alert)) return answer("ended");
  switch (act.act) {
    case "acknowledge":
      return acknowledge(context, act, alert);
    case "unacknowledge":
      return answer(giveBack(context, alert) ? "done" : "already");
    case "resolve":
      if (alert.kind === "event") return answer("expires");
      context.close(alert.fingerprint);
      return answer("done");
  }
}

/** Once more by the same person changes nothing, unless they say for how long or why. */
function acknowledge(context: DecisionContext, { by, note, until: given }: ActObserved, alert: ActTarget): Acted {
  const { state, now, acknowledged } = context;
  const { seq, fingerprint, priority, direction } = alert;
  const before = state.get("acknowledged", String(seq));
  if (before?.by === by && note === null && given === null)
    return { alertSeq: seq, outcome: "already", until: before.until };
  const until = given ?? now + reviewAfterMs;
  const acknowledgement = { by, at: now, until, note };
  state.set("acknowledged", String(seq), { ...acknowledgement, fingerprint, priority, direction });
  acknowledged.push({ seq, acknowledgement });
  return { alertSeq: seq, outcome: "done", until };
}

function giveBack({ state, acknowledged }: DecisionContext, { seq }: ActTarget): boolean {
  if (!state.get("acknowledged", String(seq))) return false;
  state.set("acknowledged", String(seq), null);
  acknowledged.push({ seq, acknowledgement: null });
  return true;
}
