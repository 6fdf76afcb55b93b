/** Why a channel is sent something. */
export const purposes = ["raise", "remind", "escalate", "resolve", "edit", "digest", "canary", "test"] as const;
export type Purpose = (typeof purposes)[number];

/** Whether it says that an alert began, to whoever it reaches. */
export function begins(purpose: Purpose): boolean {
  return purpose === "raise" || purpose === "escalate";
}

/**
 * due: to be tried at its time. sent: the channel accepted it. failed: it never will. stale: what it would say is over.
 * withdrawn: a person, or the end of its channel, took it back. folded: another message speaks of it.
 */
export const deliveryStates = ["due", "sent", "failed", "stale", "withdrawn", "folded"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One message owed to one channel about one alert. Times are epoch ms. */
export interface Delivery {
  readonly seq: number;
  /** Null where it is about no alert: a test of the channel. */
  readonly alertSeq: number | null;
  readonly channel: string;
  readonly route: string | null;
  readonly step: number;
  readonly purpose: Purpose;
  readonly state: DeliveryState;
  /** From when on it is owed. */
  readonly createdAt: number;
  readonly dueAt: number;
  readonly attempts: number;
  readonly lastAnswer: string | null;
  readonly acceptedAt: number | null;
  readonly foldedInto: number | null;
  /** The channel's own name for the message. */
  readonly remoteId: string | null;
  readonly endedAt: number | null;
  /** What is due to people under the same word goes as one message; null: by itself. */
  readonly foldsWith: string | null;
  /** Withdrawn once someone has the alert. */
  readonly unlessAcknowledged: boolean;
}

/** What a row becomes: by a try, by its alert's end, by a person. */
export type DeliveryMark = Pick<Delivery, "seq"> &
  Partial<
    Pick<Delivery, "state" | "dueAt" | "attempts" | "lastAnswer" | "acceptedAt" | "foldedInto" | "remoteId" | "endedAt">
  >;

/** A delivery that is to be written: its place in the order follows. */
export type DueDelivery = Pick<
  Delivery,
  "alertSeq" | "channel" | "route" | "step" | "purpose" | "createdAt" | "dueAt"
> &
  Partial<Pick<Delivery, "foldsWith" | "unlessAcknowledged">>;

export function dueRow(due: DueDelivery, seq: number): Delivery {
  return {
    foldsWith: null,
    unlessAcknowledged: false,
    ...due,
    seq,
    state: "due",
    attempts: 0,
    lastAnswer: null,
    acceptedAt: null,
    foldedInto: null,
    remoteId: null,
    endedAt: null,
  };
}
