import type { Condition, State } from "../state";
import type { DecisionContext } from "../context";
import type { ScannerFared } from "../../observation";
import { systemAlert, systemFingerprint } from "./system-alert";

/** A scanner that fails or hangs: what it last found stays, and grows old. */
export function judgeScanner(context: DecisionContext, { scanner, failing }: ScannerFared): void {
  if (failing === null) return context.release(systemFingerprint("scanner-failing", scanner));
  context.hold(
    systemAlert({
      rule: "scanner-failing",
      subject: scanner,
      kind: "state",
      priority: "medium",
      message: `${nameOf(scanner)} fails: ${failing}`.slice(0, 500),
      source: null,
      expiresAt: null,
      details: { why: failing.slice(0, 500), ...(context.settings.edition >= 2 && placeOf(scanner)) },
    }),
  );
}

function nameOf(scanner: string): string {
  const { part, exchange } = placeOf(scanner);
  return exchange === null ? `The scanner ${part}` : `The scanner of ${exchange}'s ${part}`;
}

/** market:bybit reads the part market of bybit. */
function placeOf(scanner: string): { part: string; exchange: string | null } {
  const [part = scanner, exchange = null] = scanner.split(":", 2);
  return { part, exchange };
}

/** That it fails, raised or held back; undefined where it does not. */
export function failingCondition(state: State, scanner: string): Condition | undefined {
  return state.get("condition", systemFingerprint("scanner-failing", scanner));
}
