import { hourMs, minuteMs } from "../../core/duration";
import type { StoreFault } from "../../core/store-fault";
import type { DaemonParts } from "../../daemon/parts";
import type { Outgoing } from "../../notify/channels/channel";
import type { Deliverers } from "../../notify/deliverers";
import { isoOf } from "../../views/shape";
import { storeAlert, unstoredAlertDetail } from "../../views/store-alert";

const atMostEveryMs = hourMs;
const againAfterMs = minuteMs;

interface Notice {
  readonly fault: StoreFault;
  readonly at: number;
  readonly id: string;
}

interface Progress {
  /** The last notice the channel accepted; null: none yet. */
  readonly accepted: Notice | null;
  readonly triedAt: number;
  readonly isUnderWay: boolean;
}

/** While nothing can be stored, each channel is sent one message straight from memory, hourly at most; it has no row. */
export class Diskless {
  #notice: Notice | null = null;
  readonly #of = new Map<string, Progress>();

  constructor(
    private readonly parts: Pick<DaemonParts, "writer" | "storeWriter" | "now" | "publicUrl">,
    private readonly deliverers: Deliverers,
  ) {}

  tick(): void {
    const at = this.parts.now();
    const { fault } = this.parts.writer;
    if (fault === null) return this.#sayStored(at);
    const id = `store-${this.parts.storeWriter.epoch.replaceAll("-", "").slice(0, 8)}-${at}`;
    this.#notice ??= { fault, at, id };
    for (const { channel, health } of this.deliverers.all)
      if (health.state !== "broken" && this.#isDue(channel.name, this.#notice, at))
        void this.#send(channel.name, this.#notice, at, "raise");
  }

  #isDue(name: string, notice: Notice, at: number): boolean {
    const { accepted, triedAt, isUnderWay } = this.#of.get(name) ?? nothingYet;
    if (isUnderWay || at - triedAt < againAfterMs) return false;
    return accepted === null || (accepted.id !== notice.id && at - accepted.at >= atMostEveryMs);
  }

  /** It can be stored again: said where it was said that it could not. */
  #sayStored(at: number): void {
    const notice = this.#notice;
    this.#notice = null;
    if (notice === null) return;
    for (const [name, { accepted }] of this.#of)
      if (accepted?.id === notice.id) void this.#send(name, notice, at, "resolve");
  }

  async #send(name: string, notice: Notice, at: number, purpose: "raise" | "resolve"): Promise<void> {
    const deliverer = this.deliverers.of(name);
    if (!deliverer) return;
    const { accepted } = this.#of.get(name) ?? nothingYet;
    this.#of.set(name, { accepted, triedAt: at, isUnderWay: true });
    const { outcome } = await deliverer.send(this.#write(notice, at, purpose));
    const isAccepted = outcome === "accepted" && purpose === "raise";
    this.#of.set(name, { accepted: isAccepted ? notice : accepted, triedAt: at, isUnderWay: false });
  }

  #write({ fault, at, id }: Notice, now: number, purpose: "raise" | "resolve"): Omit<Outgoing, "at"> {
    const raised = storeAlert(fault, at);
    const isOver = purpose === "resolve";
    const alert = isOver
      ? { ...raised, state: "resolved" as const, ended_at: isoOf(now), end_reason: "condition-over" as const }
      : raised;
    const title = isOver ? "The database takes what it is given again" : raised.message;
    return {
      id: isOver ? `${id}-over` : id,
      purpose,
      createdAt: isOver ? now : at,
      priority: raised.priority,
      title,
      text: `${title}\nThis message comes straight from memory: it is not among the deliveries.`,
      link: `${this.parts.publicUrl()}/dashboard?alert=${alert.id}`,
      alert: unstoredAlertDetail([alert], alert.id),
      edits: null,
    };
  }
}

const nothingYet: Progress = { accepted: null, triedAt: Number.NEGATIVE_INFINITY, isUnderWay: false };
