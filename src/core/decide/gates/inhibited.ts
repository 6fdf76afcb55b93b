import type { Inhibition } from "../../inhibition";
import { formatMatch, matches, valueOf, type Matched } from "../../matcher";
import type { Settings } from "../../settings";
import { check, type Candidate } from "../candidate";
import type { Check } from "../decision";
import type { Condition, State } from "../state";

/** One alert mutes those it explains: an unreachable folder is why its source is silent. */
export function checkInhibited(state: State, candidate: Candidate, { inhibit }: Pick<Settings, "inhibit">): Check {
  const applying = inhibit.filter(({ target }) => matches(target, candidate));
  if (applying.length === 0) return check("inhibited", true, null, null, "no alert explains this one");
  const names = [...new Set(applying.map(nameOf))].join(", ");
  const by = explaining(state, candidate, applying);
  if (by === null) return check("inhibited", true, null, names, `${names} does not stand`);
  return check("inhibited", false, by, names, `explained by ${by}`);
}

/** The rule of the first state that holds and explains it, raised or held back; null where none does. */
function explaining(state: State, candidate: Candidate, applying: readonly Inhibition[]): string | null {
  for (const [fingerprint, condition] of state.entries("condition")) {
    if (fingerprint === candidate.fingerprint) continue;
    const standing = standingOf(fingerprint, condition);
    const explains = applying.some(
      ({ source, equal }) =>
        matches(source, standing) && equal.every((name) => valueOf(name, standing) === valueOf(name, candidate)),
    );
    if (explains) return standing.rule;
  }
  return null;
}

/** Where an earlier version kept the condition, what its fingerprint says. */
function standingOf(fingerprint: string, { alert }: Condition): Matched {
  if (alert) return { ...alert, fingerprint };
  const [type, rule = "", subject = null] = JSON.parse(fingerprint) as [Matched["type"], string?, (string | null)?];
  const isSystem = type === "SYSTEM";
  return {
    type,
    kind: "state",
    priority: "medium",
    rule,
    fingerprint,
    source: isSystem ? subject : null,
    symbol: isSystem ? null : subject,
    direction: null,
    details: {},
  };
}

/** The rule it names, or its matchers. */
function nameOf({ source }: Inhibition): string {
  const [only, ...others] = source;
  return only?.name === "rule" && only.op === "=" && others.length === 0 ? only.value : formatMatch(source);
}
