import { hourMs, minuteMs } from "../../core/duration";
import type { StoreFault } from "../../core/store-fault";
import type { DaemonParts } from "../../daemon/parts";
import type { Outgoing } from "../../notify/channels/channel";
import type { ChannelDeliverer } from "../../notify/deliver";
import type { Deliverers } from "../../notify/deliverers";
import { epochMark, isoOf } from "../../views/shape";
import { storeAlert, unstoredAlertDetail } from "../../views/store-alert";
import { linksTo } from "./links";

const everyMs = hourMs;
const againAfterMs = minuteMs;

interface Notice {
  /** The same on every try. */
  readonly id: string;
  readonly purpose: "raise" | "resolve";
  readonly fault: StoreFault;
  readonly at: number;
}

/** What one channel was sent of it. */
interface Progress {
  /** What it has not accepted yet. */
  pending: Notice | null;
  /** What it accepted last, and that has not been said to be over. */
  said: Notice | null;
  acceptedAt: number;
  triedAt: number;
  isUnderWay: boolean;
}

/**
 * While nothing can be stored, each channel is sent one message straight from memory, hourly at most, and one when it can
 * be again. They have no row.
 */
export class Diskless {
  readonly #of = new Map<string, Progress>();

  constructor(
    private readonly parts: Pick<DaemonParts, "writer" | "storeWriter" | "now" | "publicUrl" | "settings">,
    private readonly deliverers: Deliverers,
  ) {}

  tick(): void {
    const at = this.parts.now();
    const { fault } = this.parts.writer;
    if (fault === null && this.#of.size === 0) return;
    for (const deliverer of this.deliverers.all) {
      const progress = this.#progressOf(deliverer.channel.name);
      if (progress.isUnderWay || deliverer.health.state === "broken") continue;
      progress.pending = this.#next(progress, fault, at);
      if (progress.pending !== null && at - progress.triedAt >= againAfterMs)
        void this.#send(deliverer, progress, progress.pending, at);
    }
  }

  #progressOf(name: string): Progress {
    const never = Number.NEGATIVE_INFINITY;
    const known = this.#of.get(name);
    const progress = known ?? { pending: null, said: null, acceptedAt: never, triedAt: never, isUnderWay: false };
    this.#of.set(name, progress);
    return progress;
  }

  #next({ pending, said, acceptedAt }: Progress, fault: StoreFault | null, at: number): Notice | null {
    const wanted = fault === null ? "resolve" : "raise";
    if (pending?.purpose === wanted) return pending;
    if (fault === null) return said && { ...said, id: `${said.id}-over`, purpose: "resolve" };
    if (at - acceptedAt < everyMs) return null;
    return { id: `store-${epochMark(this.parts.storeWriter.epoch)}-${at}`, purpose: "raise", fault, at };
  }

  async #send(deliverer: ChannelDeliverer, progress: Progress, notice: Notice, at: number): Promise<void> {
    progress.triedAt = at;
    progress.isUnderWay = true;
    const { outcome } = await deliverer.send(this.#write(notice, at));
    progress.isUnderWay = false;
    if (outcome !== "accepted") return;
    const isRaise = notice.purpose === "raise";
    progress.pending = null;
    progress.said = isRaise ? notice : null;
    progress.triedAt = Number.NEGATIVE_INFINITY;
    if (isRaise) progress.acceptedAt = at;
  }

  #write({ id, purpose, fault, at }: Notice, now: number): Omit<Outgoing, "at"> {
    const raised = storeAlert(fault, at);
    const alert =
      purpose === "raise"
        ? raised
        : { ...raised, state: "resolved" as const, ended_at: isoOf(now), end_reason: "condition-over" as const };
    const title = purpose === "raise" ? raised.message : "The database takes what it is given again";
    return {
      id,
      purpose,
      createdAt: at,
      priority: raised.priority,
      title,
      text: `${title}\nThis message comes straight from memory: it is not among the deliveries.`,
      ...linksTo(this.parts, `/dashboard?alert=${alert.id}`),
      alert: unstoredAlertDetail([alert], alert.id),
      acts: [],
      edits: null,
    };
  }
}
