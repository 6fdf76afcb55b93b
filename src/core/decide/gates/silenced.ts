import { check, type Candidate } from "../candidate";
import type { Check } from "../decision";
import type { Settings, Silence } from "../../settings";

/** A person muted a matcher for a time. */
export function checkSilenced(candidate: Candidate, settings: Settings, now: number): Check {
  const silence = settings.silences.find((each) => now < each.until && matches(each.match, candidate));
  return silence
    ? check("silenced", false, new Date(silence.until).toISOString(), null, `until then: ${silence.why}`)
    : check("silenced", true, null, null, "no silence matches");
}

function matches(match: Silence["match"], candidate: Candidate): boolean {
  return (
    (match.type === undefined || match.type === candidate.type) &&
    (match.source === undefined || match.source === candidate.source) &&
    (match.symbol === undefined || match.symbol === candidate.symbol) &&
    (match.rule === undefined || match.rule === candidate.rule)
  );
}
