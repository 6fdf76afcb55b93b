import { fingerprintOf } from "../../alert";
import { check, type Candidate } from "../candidate";
import type { Check } from "../decision";
import type { State } from "../state";

/** Which standing alert explains which other, by rule, about the same subject. */
const explains: Readonly<Record<string, string>> = {
  "source-silent": "source-unreachable",
};

/** One alert mutes those it explains: an unreachable folder is why its source is silent. */
export function checkInhibited(state: State, candidate: Candidate): Check {
  const by = Object.hasOwn(explains, candidate.rule) ? explains[candidate.rule] : undefined;
  if (by === undefined) return check("inhibited", true, null, null, "no alert explains this one");
  const condition = state.get("condition", fingerprintOf("SYSTEM", by, candidate.source));
  return check(
    "inhibited",
    condition === undefined,
    condition ? by : null,
    by,
    condition ? `explained by ${by}` : `${by} does not stand`,
  );
}
