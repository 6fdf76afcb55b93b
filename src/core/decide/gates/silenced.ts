import { check, type Candidate } from "../candidate";
import type { Check } from "../decision";
import { matches } from "../../matcher";
import type { ConfiguredSilence, Settings } from "../../settings";
import type { Silence } from "../../silence";
import type { State } from "../state";

/** A person muted what matches for a time, in the config or at run time. */
export function checkSilenced(state: State, candidate: Candidate, settings: Settings, now: number): Check {
  const configured = settings.silences.find((each) => now < each.until && hides(each, candidate));
  if (configured) return check("silenced", false, isoOf(configured.until), null, `until then: ${configured.why}`);
  const [, silence] = silenceOf(state, candidate) ?? [];
  if (!silence) return check("silenced", true, null, null, "no silence matches");
  const { endsAt, comment, by } = silence;
  const words = comment === "" ? `silenced by ${by}` : `silenced by ${by}: ${comment}`;
  return check("silenced", false, endsAt === null ? null : isoOf(endsAt), null, words);
}

/** The first that hides it, by its seq; null where none of those made at run time does. */
export function silenceOf(state: State, candidate: Candidate): readonly [number, Silence] | null {
  // Who silenced everything still has to learn that this ends.
  if (candidate.rule === "silence-ending") return null;
  for (const [key, silence] of state.entries("silence")) {
    if (!silence.includeHigh && candidate.priority === "high") continue;
    if (matches(silence.match, candidate)) return [Number(key), silence];
  }
  return null;
}

/** By exact fields, whatever the priority; or by matchers, and high only where that is said. */
function hides({ match, includeHigh }: ConfiguredSilence, candidate: Candidate): boolean {
  if ("length" in match) return (includeHigh === true || candidate.priority !== "high") && matches(match, candidate);
  return (
    (match.type === undefined || match.type === candidate.type) &&
    (match.source === undefined || match.source === candidate.source) &&
    (match.symbol === undefined || match.symbol === candidate.symbol) &&
    (match.rule === undefined || match.rule === candidate.rule)
  );
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
