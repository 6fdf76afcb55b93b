import type { ChannelHealth } from "../../core/notify/channel-health";
import { dueRow, type Delivery, type DueDelivery } from "../../core/notify/delivery";
import type { DaemonParts } from "../../daemon/parts";
import type { Trace } from "../../notify/deliver-deps";
import type { Mark, Submission } from "../../submission";
import { deliveryChanged } from "../../views/events";
import { eventFrom } from "../../views/frames";
import { countDeliveries } from "./count-deliveries";

const againEveryMs = 1000;
/** A pile is marked in parts, so that no commit waits long for it. */
const marksAtOnce = 200;

/**
 * Writes what tries leave behind, time and again until it is stored: what was accepted would be sent once more otherwise.
 * It is bounded by what may be under way at once, for nothing is begun before.
 */
export class Keeper {
  #stopped = false;

  /** `reminderAfter`: what is to be said once more after a delivery that got out; null where nothing is. */
  constructor(
    private readonly parts: Pick<DaemonParts, "writer" | "storeWriter" | "channels" | "metrics">,
    private readonly reminderAfter: (row: Delivery) => DueDelivery | null,
  ) {}

  /** False where it was stopped before it could be stored. */
  async submit(submission: Submission): Promise<boolean> {
    while (!(await this.parts.writer.submit(submission))) {
      if (this.#stopped) return false;
      await Bun.sleep(againEveryMs);
    }
    return true;
  }

  async keep({ channel, marks, counted, health, hastens }: Trace, now: number): Promise<boolean> {
    for (let from = 0; from === 0 || from < marks.length; from += marksAtOnce) {
      let marked: Delivery[] = [];
      const isStored = await this.submit({
        mark: (store, publish) => {
          const { deliveries, epoch } = store;
          marked = marks.slice(from, from + marksAtOnce).flatMap((mark) => deliveries.mark(mark) ?? []);
          for (const row of marked) publish((seq) => deliveryChanged(row, epoch, seq, now));
          for (const due of marked.flatMap((row) => (gotOut(row) ? (this.reminderAfter(row) ?? []) : [])))
            publish((seq) => deliveryChanged(store.owe(dueRow(due, seq)), epoch, seq, now));
          if (from > 0) return;
          if (counted) deliveries.count(counted.seqs, counted.into);
          if (hastens) deliveries.hasten(channel, now);
          if (health) this.#putHealth(channel, health, publish, now);
        },
      });
      if (!isStored) return false;
      countDeliveries(this.parts.metrics, marked);
    }
    return true;
  }

  #putHealth(name: string, health: ChannelHealth, publish: Parameters<Mark>[1], now: number): void {
    const { storeWriter, channels } = this.parts;
    const kept = storeWriter.deliveries.channels;
    const before = kept.of(name)?.state;
    kept.put(name, health);
    const channel = before === health.state ? null : channels.shape(name);
    if (channel) publish((seq) => eventFrom("channel_changed", seq, now, { channel, removed: false }));
  }

  /** What cannot be stored by now never is. */
  stop(): void {
    this.#stopped = true;
  }
}

function gotOut({ state }: Delivery): boolean {
  return state === "sent" || state === "folded";
}
