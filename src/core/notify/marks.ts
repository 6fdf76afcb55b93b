import type { Tried } from "./channel-health";
import { judge, type Message, type Waiting } from "./claim";
import type { DeliveryMark } from "./delivery";
import { formatDuration } from "../text";

export interface MarkTerms {
  readonly now: number;
  /** How long a message is tried, ms. */
  readonly giveUpMs: number;
  /** When it is tried again where it failed, epoch ms. */
  readonly againAt: number;
}

/** What a try leaves in the outbox. What was accepted is marked whatever its row became meanwhile. */
export function marksAfter({ carrier, folded }: Message, tried: Tried, terms: MarkTerms): DeliveryMark[] {
  const { seq } = carrier;
  const { now } = terms;
  const answered = { seq, lastAnswer: tried.answer };
  const attempts = carrier.attempts + 1;
  switch (tried.outcome) {
    case "accepted": {
      // A message that speaks of others as well is not changed: what it says of them would be gone.
      const speaksOfOthers = folded.some(({ alertSeq }) => alertSeq !== carrier.alertSeq);
      const { remoteId = null } = tried;
      return [
        {
          ...answered,
          attempts,
          state: "sent",
          acceptedAt: now,
          endedAt: now,
          remoteId: speaksOfOthers ? null : remoteId,
        },
        ...folded.map((each): DeliveryMark => ({ seq: each.seq, state: "folded", foldedInto: seq, endedAt: now })),
      ];
    }
    case "refused":
      return [{ ...answered, attempts, state: "failed", endedAt: now }];
    case "pause":
      // The channel's doing, not the message's: it costs it no attempt.
      return isGivenUp(carrier, terms) ? [{ ...answered, state: "failed", endedAt: now }] : [answered];
    case "again":
      return [
        isGivenUp(carrier, terms)
          ? { ...answered, attempts, state: "failed", endedAt: now }
          : { ...answered, attempts, dueAt: Math.min(terms.againAt, carrier.createdAt + terms.giveUpMs) },
      ];
    case "broken":
      return [{ ...answered, attempts }];
  }
}

/** What waited too long behind a channel that takes nothing. A raise that never got out takes with it what would follow. */
export function marksOnceGivenUp(
  waiting: readonly Waiting[],
  { now, giveUpMs }: Pick<MarkTerms, "now" | "giveUpMs">,
): DeliveryMark[] {
  return waiting
    .filter((row) => isGivenUp(row, { now, giveUpMs }))
    .map((row) => {
      const { seq } = row;
      const verdict = judge(row, now);
      // Its raise waited for longer still.
      if (verdict === "wait") return { seq, state: "withdrawn", endedAt: now };
      if (verdict !== "send") return { seq, state: verdict, endedAt: now };
      return { seq, state: "failed", endedAt: now, lastAnswer: `not accepted within ${formatDuration(giveUpMs)}` };
    });
}

function isGivenUp({ createdAt }: Waiting, { now, giveUpMs }: Pick<MarkTerms, "now" | "giveUpMs">): boolean {
  return now >= createdAt + giveUpMs;
}
