import type { Delivery } from "./core/notify/delivery";
import type { Recorded } from "./store/writer";
import type { Event } from "./views/frames";

/** One commit's worth of news, published after the commit. */
export interface Committed {
  readonly recorded: readonly Recorded[];
  readonly events: readonly Event[];
  /** What it owes to channels. */
  readonly owed: readonly Delivery[];
  /** What it ended of what was owed. */
  readonly over: readonly Delivery[];
  /** How long the transaction took, seconds. */
  readonly seconds: number;
  /** What of it went into deciding and into writing rows, seconds; the rest is the commit itself. */
  readonly steps: Readonly<Record<"decide" | "record", number>>;
}

/** The news of a commit while it is under way. */
export interface OpenCommit {
  readonly events: Event[];
  readonly owed: Delivery[];
  readonly over: Delivery[];
  readonly steps: { decide: number; record: number };
}
