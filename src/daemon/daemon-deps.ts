import type { StoreError } from "../store/db";
import type { Log } from "../telemetry/log";
import type { CreateSection } from "./parts";
import type { StartError } from "./start-error";

/** What tests and the demo bring of their own. */
export interface DaemonDeps {
  /** Wall clock, epoch ms. Who brings one brings both: scans are due by it too. */
  readonly now?: () => number;
  readonly log?: Log;
  /** The machine's own clock, epoch ms: where it leaps, the process was suspended. */
  readonly wallClock?: () => number;
  /** Aborted: it is to stop, be it started or not. */
  readonly signal?: AbortSignal;
  /**
   * Another process writes to the data folder and nothing is stored any more, or nothing listens any more: it is to
   * stop for this reason.
   */
  readonly ousted?: (why: StoreError | StartError) => void;
  /** False: time passes only when `tick` is called. */
  readonly ticking?: boolean;
  /** False: nothing outside is read but the folders. */
  readonly scanning?: boolean;
  /** True: everything it says is about a simulation, and says so. */
  readonly demo?: boolean;
  /** Rest between two requests to an exchange, ms; its own where left out. A simulated one needs none. */
  readonly rateLimitMs?: number;
  /** How long after the start the database begins to be looked through, ms; its own where left out. */
  readonly integrityBeginsAfterMs?: number;
  /** False: a power cut may take what was committed, and no commit waits for the disk. */
  readonly durable?: boolean;
  /** True: scans that are due at one time run one after the other, always in the same order. */
  readonly inTurn?: boolean;
  /** Its capabilities; those of `sections/index.ts` where left out. */
  readonly sections?: readonly CreateSection[];
}
