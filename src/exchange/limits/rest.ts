import { minuteMs } from "../../core/duration";
import type { Refusal } from "./refusal";

const firstRestMs = minuteMs;
/** A banned client learns little by trying; a host that is down may be up again. */
const longestRestMs = { "rate-limited": 30 * minuteMs, unavailable: 5 * minuteMs } as const;

/** How long an exchange is left alone: as long as it said, else a minute, and twice as long each time it refuses again. */
export class Rest {
  #untilMs = Number.NEGATIVE_INFINITY;
  #unsaid = 0;
  #last: Pick<Refusal, "code" | "why"> = { code: "unavailable", why: "" };

  /** Times are monotonic, ms. Answers with how long it rests from now. */
  refused(refusal: Refusal, elapsed: number): number {
    const leftMs = this.left(elapsed);
    this.#last = refusal;
    const ms = refusal.statedMs ?? this.#unsaidMs(refusal, leftMs > 0);
    this.#untilMs = Math.max(this.#untilMs, elapsed + ms);
    return Math.max(leftMs, ms);
  }

  /** It served us: what it refuses next is a beginning again. Those under way when it refused are no sign of that. */
  served(elapsed: number): void {
    if (this.left(elapsed) <= 0) this.#unsaid = 0;
  }

  /** Ms; 0 where it may be queried. */
  left(elapsed: number): number {
    return Math.max(0, this.#untilMs - elapsed);
  }

  /** What it was last refused with. */
  get last(): Pick<Refusal, "code" | "why"> {
    return this.#last;
  }

  /** Refusals of requests that were under way together count once. */
  #unsaidMs({ code, msMin }: Refusal, wasResting: boolean): number {
    if (!wasResting) this.#unsaid++;
    return Math.max(
      msMin ?? 0,
      Math.min(longestRestMs[code], firstRestMs * 2 ** Math.min(10, Math.max(0, this.#unsaid - 1))),
    );
  }
}
