import { fingerprintOf } from "../alert";
import { check, type Candidate } from "../candidate";
import type { Check } from "../decision";
import type { State } from "../state";

/** Which standing alert explains which other, by rule, about the same subject. */
const explains: Readonly<Record<string, string>> = {
  "source-silent": "source-unreachable",
};

/** One alert mutes those it explains: an unreachable folder is why its source is silent. */
export function askInhibited(state: State, candidate: Candidate): Check {
  const by = Object.hasOwn(explains, candidate.rule) ? explains[candidate.rule] : undefined;
  if (by === undefined) return check("inhibited", true, null, null, "no alert explains this one");
  const standing = state.get("condition", fingerprintOf("SYSTEM", by, candidate.source));
  return check("inhibited", standing === undefined, standing ? by : null, by, standing ? `explained by ${by}` : `${by} does not stand`);
}
