import type { Alert } from "../alert";
import { dayMs } from "../duration";
import type { Matched } from "../matcher";
import type { ChannelTarget } from "./channel-target";
import type { DueDelivery } from "./delivery";
import { planDeliveries } from "./plan";
import type { PlanContext } from "./plan-context";
import { digestWord, routesIn, routesOf, type Routing } from "./route";

/** An alert that was raised, and what became of it. Times are epoch ms. */
export type PastAlert = Pick<Alert, "seq" | "raisedAt"> &
  Matched & { readonly acknowledgedAt: number | null; readonly endedAt: number | null };

/** What one route would have made of one day (UTC). */
interface RouteDay {
  /** Its beginning, epoch ms. */
  readonly day: number;
  readonly route: string;
  /** Messages. */
  readonly sent: number;
  /** Deliveries that quiet hours held until their end. */
  readonly atNight: number;
  /** Deliveries that shared the message of another, or waited for a digest. */
  readonly folded: number;
}

export interface RoutePreview {
  readonly days: readonly RouteDay[];
  /** Alerts that no route takes. */
  readonly unrouted: number;
}

/**
 * Past alerts, in order, planned once more by the code that plans live. Reminders are left out: they hang on when each
 * message was accepted.
 */
export function previewRoutes(
  alerts: readonly PastAlert[],
  { channels, routing }: { readonly channels: readonly ChannelTarget[]; readonly routing: Routing },
): RoutePreview {
  const outbox = new PastOutbox();
  let unrouted = 0;
  for (const alert of alerts) {
    outbox.passTo(alert.raisedAt);
    const context: PlanContext = { ...outbox.reads, channels, routing, now: alert.raisedAt };
    const { due } = planDeliveries({ raised: [alert], changed: [], acknowledged: [] }, context);
    if (routesOf(alert, routesIn(routing, channels)).length === 0) unrouted++;
    for (const row of due) if (isMeant(row, alert)) outbox.add(row);
  }
  return { days: outbox.days, unrouted };
}

/** Later steps are withdrawn once someone has the alert, or it is over. */
function isMeant({ purpose, unlessAcknowledged, dueAt }: DueDelivery, { acknowledgedAt, endedAt }: PastAlert): boolean {
  if (unlessAcknowledged === true && acknowledgedAt !== null && acknowledgedAt <= dueAt) return false;
  return purpose !== "escalate" || endedAt === null || endedAt > dueAt;
}

/** Who was owed what, as far as planning asks. */
class PastOutbox {
  readonly #gathering = new Map<string, number>();
  readonly #messages = new Map<string, Set<string>>();
  readonly #digests = new Map<string, number>();
  readonly #days = new Map<string, { sent: number; atNight: number; folded: number }>();
  #count = 0;
  #now = 0;

  readonly reads: Omit<PlanContext, "channels" | "routing" | "now"> = {
    gatheringUntil: ({ channel, foldsWith, from, to }) => {
      const at = this.#gathering.get(`${channel} ${foldsWith}`);
      return at !== undefined && at > from && at <= to ? at : null;
    },
    owesDigest: (channel) => (this.#digests.get(channel) ?? 0) > this.#now,
    messagesBetween: ({ channel, route, from }) => this.#messages.get(`${channel} ${route} ${from}`)?.size ?? 0,
    priorityOf: () => null,
    deliveriesOf: () => [],
  };

  add({ channel, route, purpose, foldsWith = null, dueAt }: DueDelivery): void {
    const day = dueAt - (dueAt % dayMs);
    if (purpose === "digest") {
      this.#digests.set(channel, dueAt);
      this.#countOf(day, route).sent++;
      return;
    }
    const counts = this.#countOf(day, route);
    if (foldsWith === "quiet") counts.atNight++;
    if (foldsWith === digestWord) {
      counts.folded++;
      return;
    }
    if (foldsWith !== null) this.#gathering.set(`${channel} ${foldsWith}`, dueAt);
    const key = `${channel} ${route} ${day}`;
    const messages = this.#messages.get(key) ?? new Set();
    this.#messages.set(key, messages);
    const message = foldsWith === null ? `#${this.#count++}` : `${foldsWith} ${dueAt}`;
    if (messages.has(message)) counts.folded++;
    else counts.sent++;
    messages.add(message);
  }

  passTo(now: number): void {
    this.#now = now;
  }

  get days(): RouteDay[] {
    return [...this.#days]
      .map(([key, counts]) => {
        const [day = "0", route = ""] = key.split(" ");
        return { day: Number(day), route, ...counts };
      })
      .toSorted((one, other) => one.day - other.day || one.route.localeCompare(other.route));
  }

  #countOf(day: number, route: string | null): { sent: number; atNight: number; folded: number } {
    const key = `${day} ${route ?? "default"}`;
    const known = this.#days.get(key);
    if (known) return known;
    const counts = { sent: 0, atNight: 0, folded: 0 };
    this.#days.set(key, counts);
    return counts;
  }
}
