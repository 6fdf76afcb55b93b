import type { Alert, AlertChange } from "../alert";
import type { Delivery, DueDelivery, Purpose } from "./delivery";

/** A channel as far as planning goes. */
export interface ChannelTarget {
  readonly name: string;
  /** machines are sent every change; people what they have to know. */
  readonly audience: "people" | "machines";
  /** Whether a message that was accepted can be changed afterwards. */
  readonly edits: boolean;
}

/** What a commit decided, as far as anyone outside is concerned. */
export interface AlertNews {
  readonly raised: readonly Pick<Alert, "seq" | "priority">[];
  readonly changed: readonly Pick<AlertChange, "seq" | "state" | "reason">[];
}

export interface PlanContext {
  readonly channels: readonly ChannelTarget[];
  /** What is owed or was sent about an alert already. */
  readonly deliveriesOf: (alertSeq: number) => readonly Delivery[];
  readonly now: number;
}

/**
 * What a commit owes to whom. High and medium go to every channel at once, low stays on the page; the end of an alert goes
 * where its beginning got out, or still may.
 */
export function planDeliveries(
  { raised, changed }: AlertNews,
  { channels, deliveriesOf, now }: PlanContext,
): DueDelivery[] {
  const owe = (alertSeq: number, channel: string, purpose: Purpose): DueDelivery => ({
    alertSeq,
    channel,
    purpose,
    route: null,
    step: 0,
    createdAt: now,
    dueAt: now,
  });
  const raises = raised
    .filter(({ priority }) => priority !== "low")
    .flatMap(({ seq }) => channels.map(({ name }) => owe(seq, name, "raise")));
  const changes = changed.flatMap((change) => {
    const purpose = purposeOf(change);
    if (purpose === null) return [];
    const reached = new Set(
      deliveriesOf(change.seq)
        .filter(mayHaveReached)
        .map(({ channel }) => channel),
    );
    return channels
      .filter((channel) => reached.has(channel.name) && isFor(purpose, channel))
      .map(({ name }) => owe(change.seq, name, purpose));
  });
  return [...raises, ...changes];
}

/** Null: that an event's time is over is news to no one. */
function purposeOf({ state, reason }: AlertNews["changed"][number]): Purpose | null {
  if (state === "resolved") return "resolve";
  return reason === "expired" ? null : "edit";
}

function isFor(purpose: Purpose, { audience, edits }: ChannelTarget): boolean {
  return purpose === "resolve" || audience === "machines" || edits;
}

function mayHaveReached({ purpose, state }: Delivery): boolean {
  return purpose === "raise" && (state === "sent" || state === "due" || state === "folded");
}
