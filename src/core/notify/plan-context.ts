import type { Priority } from "../alert";
import type { ChannelTarget } from "./channel-target";
import type { Delivery } from "./delivery";
import type { Routing } from "./route";

/** What planning knows of the outbox and the config. */
export interface PlanContext {
  readonly channels: readonly ChannelTarget[];
  readonly routing: Routing;
  /** When what waits already under this word, between two times, goes out; null where nothing does. */
  readonly gatheringUntil: (wanted: {
    readonly channel: string;
    readonly foldsWith: string;
    readonly from: number;
    readonly to: number;
  }) => number | null;
  /** Whether a digest is owed to a channel. */
  readonly owesDigest: (channel: string) => boolean;
  /** How many messages a route owes to a channel between two times, or sent. */
  readonly messagesBetween: (wanted: {
    readonly channel: string;
    readonly route: string;
    readonly from: number;
    readonly to: number;
  }) => number;
  /** Null where it is no more. */
  readonly priorityOf: (alertSeq: number) => Priority | null;
  /** What is owed or was sent about an alert already. */
  readonly deliveriesOf: (alertSeq: number) => readonly Delivery[];
  readonly now: number;
}
