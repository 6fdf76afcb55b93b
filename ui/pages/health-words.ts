import type { HealthShape } from "../../src/views/health";
import { checkName } from "../parts/check-state";

const namedMax = 2;

/** The worst two in plain words and how many there are besides; the reasons in full stand below. */
export function healthWords(checks: HealthShape["checks"]): string {
  const all = Object.entries(checks);
  const having = (state: string) => all.filter(([, { status }]) => status === state);
  // What fires says again what a check says, so that check comes first.
  const wrong = [...having("unhealthy"), ...having("degraded")].toSorted(
    ([a, left], [b, right]) => severity(right.status) - severity(left.status) || echo(a) - echo(b),
  );
  const unknown = having("unknown").map(([name]) => checkName(name));
  if (wrong.length === 0)
    return unknown.length === 0 ? "nothing is known to be wrong" : `not known: ${unknown.join(", ")}`;
  const named = wrong.slice(0, namedMax).map(([name, { message }]) => `${checkName(name)}: ${gist(message)}`);
  const others = wrong.length - named.length;
  return `${named.join("; ")}${others === 0 ? "" : `; and ${others} more`}`;
}

const severity = (status: string) => (status === "unhealthy" ? 1 : 0);
const echo = (name: string) => (name === "alerts" ? 1 : 0);

/** What is wrong, without the reason behind it: that is a sentence of its own. */
function gist(message: string): string {
  return message.replace(/[:;] .*$/s, "");
}
