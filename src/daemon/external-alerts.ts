import { Problem } from "../api/problems";
import type { Refusal, ReadAlert } from "../api/alertmanager";
import type { State } from "../core/decide/state";
import { countExternalAlerts } from "../core/decide/rules/external-alert";
import { systemFingerprint } from "../core/decide/rules/system-alert";
import type { Writer } from "../writer";

/** The system whose word it is: the source of its alerts. */
const source = "alertmanager";

/** One commit holds the loop no longer than this many take. */
const alertsAtOnce = 250;

export interface ExternalAlertsDeps {
  readonly writer: Writer;
  readonly state: () => State;
  /** How many of one token may stand at once. */
  readonly openMax: () => number;
  readonly now: () => number;
}

/** Takes what other alerting systems tell, one teller after the other: so many alerts of one token stand, and no more. */
export class ExternalAlerts {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: ExternalAlertsDeps) {}

  /** `from`: the name of the token, null where nobody needs one. Answers which were refused. Throws Problem where it is not stored: who told it tells it again. */
  receive(alerts: readonly ReadAlert[], from: string | null): Promise<Refusal[]> {
    const received = this.#last.then(() => this.#take(alerts, from));
    // The next one comes whatever became of this one; who told this one hears of it.
    this.#last = received.catch(() => null);
    return received;
  }

  async #take(alerts: readonly ReadAlert[], from: string | null): Promise<Refusal[]> {
    const { writer, state, openMax, now } = this.deps;
    const refusals: Refusal[] = [];
    const taken: ReadAlert[] = [];
    const open = new Map<string, boolean>();
    let places = openMax() - countExternalAlerts(state(), source, from ?? undefined);
    for (const each of alerts) {
      const { fingerprint, firing } = each.alert;
      const stands =
        open.get(fingerprint) ?? state().get("condition", systemFingerprint(source, fingerprint)) !== undefined;
      const place = Number(firing) - Number(stands);
      if (place > 0 && places <= 0) {
        refusals.push({
          index: each.index,
          reason: `${openMax()} alerts of this token stand already, and no more may: resolve some first`,
        });
        continue;
      }
      places -= place;
      open.set(fingerprint, firing);
      taken.push(each);
    }
    for (let at = 0; at < taken.length; at += alertsAtOnce) {
      const observation = {
        kind: "external-alerts" as const,
        source,
        ...(from !== null && { from }),
        alerts: taken.slice(at, at + alertsAtOnce).map(({ alert }) => alert),
        receivedAt: now(),
      };
      if (!(await writer.submit({ observation, file: null })))
        throw new Problem("not-stored", writer.trouble ?? undefined);
    }
    return refusals;
  }
}
