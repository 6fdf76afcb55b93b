import type { ChannelHealth } from "../core/notify/channel-health";
import type { Message, Waiting } from "../core/notify/claim";
import type { DeliveryMark } from "../core/notify/delivery";
import type { ChannelKind, Outcome, Outgoing } from "./channels/channel";
import type { Mail } from "./mail";
import type { Pacers } from "./pace";
import type { Post } from "./post";

/** A channel with its secrets read. */
export interface Channel {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly settings: Readonly<Record<string, unknown>>;
  /** How long a message is tried, ms. */
  readonly giveUpMs: number;
}

/** A message in words, and the stale deliveries it counts. */
export interface Written {
  readonly outgoing: Omit<Outgoing, "at">;
  readonly counts: readonly number[];
}

/** What a try leaves behind, written as one. */
export interface Trace {
  readonly channel: string;
  readonly marks: readonly DeliveryMark[];
  /** Stale deliveries that a message counted, and which message. */
  readonly counted: { readonly seqs: readonly number[]; readonly into: number } | null;
  /** How the channel fares now; null where it is no more. */
  readonly health: ChannelHealth | null;
  /** Its channel takes messages again: what was tried before is due at once. */
  readonly hastens: boolean;
}

export interface DeliverDeps {
  readonly outbox: {
    readonly waiting: (channel: string, now: number, limit: number) => readonly Waiting[];
    readonly waitingSince: (channel: string, createdUntil: number, limit: number) => readonly Waiting[];
    readonly nextDueAt: (channel: string, now: number) => number | null;
  };
  /** False while what is sent could not be marked as sent. */
  readonly canStore: () => boolean;
  /** Null where there is nothing left to say. `countsStale`: it counts what went stale before. */
  readonly write: (channel: Channel, message: Message, now: number, countsStale: boolean) => Written | null;
  /** Resolves once it is committed, however long that takes; false where the daemon stops before. */
  readonly keep: (trace: Trace) => Promise<boolean>;
  /** A channel broke, or works again (null). */
  readonly fared: (channel: string, broken: Extract<Outcome, { outcome: "broken" }> | null) => void;
  readonly failed: (channel: string, error: unknown) => void;
  readonly post: Post;
  readonly mail: Mail;
  readonly pacers: Pacers;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** 0 to below 1. */
  readonly chance: () => number;
}
