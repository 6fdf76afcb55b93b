import type { z } from "zod";
import type { Priority } from "../../core/alert";
import type { Purpose } from "../../core/notify/delivery";
import type { Mail } from "../mail";
import type { Post } from "../post";

/** What a reader may do about an alert from its message, in this order. */
export const messageActs = ["acknowledge", "mute", "took", "skipped"] as const;
export type MessageAct = (typeof messageActs)[number];

/** One message on its way out. Everything in it but `id` and `link` may hold text from outside. */
export interface Outgoing {
  /** The same on every try, and never another message's. */
  readonly id: string;
  readonly purpose: Purpose;
  /** When it came to be due first, epoch ms: the same on every try. */
  readonly createdAt: number;
  /** Of this try, epoch ms. */
  readonly at: number;
  readonly priority: Priority;
  /** One line. */
  readonly title: string;
  /** Plain text, in lines. */
  readonly text: string;
  /** Where the alert is seen on the page. */
  readonly link: string;
  /** The same where people elsewhere can open it: null where `server.publicUrl` is not set. */
  readonly publicLink: string | null;
  /** As the API gives it; null where it is about none. */
  readonly alert: Readonly<Record<string, unknown>> | null;
  /** What may be done at once where the channel has buttons; none where nothing waits for it. */
  readonly acts: readonly MessageAct[];
  /** The channel's own name for the message this one changes; null for a new one. */
  readonly edits: string | null;
}

/** What became of a try. `answer` is for a person: one line, without secrets. */
export type Outcome =
  | {
      readonly outcome: "accepted";
      readonly answer: string;
      readonly remoteId?: string;
      /** How long the channel is to be left alone all the same, ms. */
      readonly restMs?: number;
    }
  /** Tried again later; `mayHaveArrived` is false only where it is certain that it did not. */
  | { readonly outcome: "again"; readonly answer: string; readonly mayHaveArrived: boolean }
  /** The channel is to be left alone for a time, ms; null: it named none. */
  | {
      readonly outcome: "pause";
      readonly answer: string;
      readonly forMs: number | null;
      readonly mayHaveArrived: boolean;
      /** Key of the pace that is meant, where other channels keep to it as well. */
      readonly pace?: string;
    }
  /** This message is never taken; `isGone`: what it was to change is there no more. */
  | { readonly outcome: "refused"; readonly answer: string; readonly isGone?: true }
  /** Nothing is taken until a person mends the channel; `advice` says how. */
  | { readonly outcome: "broken"; readonly answer: string; readonly advice: string };

/**
 * How a secret may be written. one: as a reference. either: as a reference, or in the open where its author does not mind.
 * several: one reference, or a list while it is replaced. values: among the values of a record.
 */
export type SecretForm = "one" | "either" | "several" | "values";

export type SecretForms<S extends z.ZodObject> = Readonly<Partial<Record<keyof z.output<S> & string, SecretForm>>>;

/** So many tries at once, then one more each time. */
export interface Pace {
  /** Whose limit it is: channels with the same key keep to it together. It is shown nowhere. */
  readonly key: string;
  readonly burst: number;
  readonly everyMs: number;
}

/** A kind of channel: one file each. */
export interface ChannelKind<
  K extends string = string,
  S extends z.ZodObject = z.ZodObject,
  F extends SecretForms<S> = SecretForms<S>,
> {
  readonly kind: K;
  readonly audience: "people" | "machines";
  /** How many tries may be under way at once. */
  readonly slots: number;
  /** Whether a message that was accepted can be changed afterwards. */
  readonly edits: boolean;
  /** Its settings once secrets are read. */
  readonly settings: S;
  /** Which of them are secrets: sealed where they are kept, shown nowhere. */
  readonly secrets: F;
  /** Whether its readers may act from a message. Left out: never. */
  acts?(settings: z.output<S>): boolean;
  /** Most of a text, in what its provider counts: bytes or UTF-16 units. */
  readonly lengthMax: number;
  /** What its provider, or each part of it, takes in a time. */
  paces(settings: z.output<S>): readonly Pace[];
  send(settings: z.output<S>, outgoing: Outgoing, post: Post, mail: Mail): Promise<Outcome>;
}

/** As it is; the schema and the names of its secrets are held to each other. */
export function channelKind<const K extends string, S extends z.ZodObject, const F extends SecretForms<S>>(
  kind: ChannelKind<K, S, F>,
): ChannelKind<K, S, F> {
  return kind;
}
