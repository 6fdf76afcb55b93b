import type { Delivery } from "../../core/notify/delivery";
import type { DaemonParts } from "../../daemon/parts";
import type { Trace } from "../../notify/deliver-deps";
import type { Submission } from "../../submission";
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

  constructor(private readonly parts: Pick<DaemonParts, "writer" | "metrics">) {}

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
        mark({ deliveries }) {
          marked = marks.slice(from, from + marksAtOnce).flatMap((mark) => deliveries.mark(mark) ?? []);
          if (from > 0) return;
          if (counted) deliveries.count(counted.seqs, counted.into);
          if (hastens) deliveries.hasten(channel, now);
          if (health) deliveries.channels.put(channel, health);
        },
      });
      if (!isStored) return false;
      countDeliveries(this.parts.metrics, marked);
    }
    return true;
  }

  /** What cannot be stored by now never is. */
  stop(): void {
    this.#stopped = true;
  }
}
