import type { ExternalAlert } from "../../observation";
import type { State } from "../state";
import { countExternalAlerts } from "./external-alert";
import { systemFingerprint } from "./system-alert";

/**
 * Which alerts of another alerting system have a place, in order: at most `openMax` of one token stand at once; one that
 * ends makes room for those after it. `from`: the name of the token.
 */
export function placeExternalAlerts<T extends { readonly alert: ExternalAlert }>(
  state: State,
  { source, from, openMax }: { readonly source: string; readonly from: string | undefined; readonly openMax: number },
  alerts: readonly T[],
): { readonly taken: readonly T[]; readonly refused: readonly T[] } {
  const taken: T[] = [];
  const refused: T[] = [];
  const open = new Map<string, boolean>();
  let places = openMax - countExternalAlerts(state, source, from);
  for (const each of alerts) {
    const { fingerprint, firing } = each.alert;
    const stands =
      open.get(fingerprint) ?? state.get("condition", systemFingerprint(source, fingerprint)) !== undefined;
    const place = Number(firing) - Number(stands);
    if (place > 0 && places <= 0) {
      refused.push(each);
      continue;
    }
    places -= place;
    open.set(fingerprint, firing);
    taken.push(each);
  }
  return { taken, refused };
}
