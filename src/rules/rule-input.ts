import type { Observation, Unsequenced } from "../core/observation";
import type { ShownObservation } from "./protocol";

/** An observation whose items rules are shown, and the bytes of its report. */
export interface RuleInput {
  readonly observation: ShownObservation;
  readonly report: Uint8Array | null;
}

/** Null where it has nothing in it a rule would be shown. `report`: the bytes it was read from, null where there are none. */
export function ruleInputOf(observation: Observation | Unsequenced, report: Uint8Array | null): RuleInput | null {
  if (observation.kind !== "report" && observation.kind !== "scan") return null;
  const { source, receivedAt, signals, opportunities, market, refusals } =
    observation.kind === "report" ? observation : { ...observation, signals: [], refusals: [] };
  if (signals.length + opportunities.length === 0 && market === null) return null;
  const refused = refusals.flatMap(({ element }) => element ?? []);
  return { observation: { source, receivedAt, signals, opportunities, market, refused }, report };
}
