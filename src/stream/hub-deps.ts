import type { Tunables } from "../core/tunables";
import type { FrameOf, FrameType } from "../views/frames";
import type { OverviewShape } from "../views/overview-shape";
import type { ConnectionLimits } from "./connections";
import type { ReplayBuffer } from "./replay-buffer";

/** A socket with more than this waiting is cut. */
export const behindBytesMax = 2 * 1024 * 1024;

export interface HubDeps {
  readonly epoch: string;
  /** Of the program, for pages that an older one served. */
  readonly version: string;
  /** The settings in force, as `settings_changed` carries them. */
  readonly config: () => Tunables;
  readonly replayBuffer: ReplayBuffer;
  readonly heartbeatMs: number;
  readonly limits: ConnectionLimits;
  /** The overview as of now. */
  readonly snapshot: () => OverviewShape;
  readonly isoNow: () => string;
  readonly sent: (type: FrameType) => void;
  /** A client came back: what it missed was sent, or a snapshot had to do. */
  readonly resumed?: (outcome: "replayed" | "resync") => void;
  readonly dropped: (reason: "slow" | "limit" | "idle" | "bad-frames" | "too-large" | "access") => void;
}

export function snapshotFrame({ isoNow, snapshot }: HubDeps): FrameOf<"dashboard_update"> {
  return { type: "dashboard_update", timestamp: isoNow(), data: snapshot() };
}
