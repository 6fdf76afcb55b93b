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
  /** What is owed or was sent about an alert already. */
  readonly deliveriesOf: (alertSeq: number) => readonly Delivery[];
  readonly now: number;
}
