import { z } from "zod";
import { isAnswer, type Answer, type Post } from "../post";
import type { Outcome } from "./channel";
import { jsonIn, outcomeOf, pauseOf, statusText } from "./outcome";

const acceptedSchema = z.object({
  ok: z.literal(true),
  result: z.object({ message_id: z.int(), chat: z.object({ id: z.int() }) }),
});
const faultSchema = z.object({
  ok: z.literal(false),
  description: z.string().catch(""),
  parameters: z
    .object({ retry_after: z.number().min(0), migrate_to_chat_id: z.int() })
    .partial()
    .optional(),
});

export function faultIn({ text }: Answer): z.output<typeof faultSchema> | null {
  return faultSchema.safeParse(jsonIn(text)).data ?? null;
}

/** `bot`: the key of its pace. `edits`: the name of the message that was to be changed. */
export function outcomeOfTry(bot: string, answer: Awaited<ReturnType<Post>>, edits: string | null): Outcome {
  const outcome = outcomeOf(answer);
  if (!isAnswer(answer)) return outcome;
  const said = statusText(answer.status);
  if (outcome.outcome === "accepted") return acceptedBy(answer, said);
  const fault = faultIn(answer);
  if (fault === null) return outcome;
  const seconds = fault.parameters?.retry_after;
  if (answer.status === 429 && seconds !== undefined)
    // It does not say whether the chat or the bot is meant, and to go on could end the bot.
    return {
      outcome: "pause",
      answer: said,
      forMs: pauseOf(seconds * 1000),
      mayHaveArrived: false,
      pace: bot,
    };
  if (edits !== null && /message is not modified/i.test(fault.description))
    return { outcome: "accepted", answer: `${said}: it says so already`, remoteId: edits };
  const known = faults.find(([pattern]) => pattern.test(fault.description))?.[1] ?? byStatus[answer.status];
  return known === undefined ? outcome : { ...known, answer: `${said}: ${known.answer}` };
}

function acceptedBy(answer: Answer, said: string): Outcome {
  const accepted = acceptedSchema.safeParse(jsonIn(answer.text));
  if (!accepted.success)
    return {
      outcome: "broken",
      answer: `${said}, but not from Telegram`,
      advice: "what answers at its address is no Bot API server: correct api",
    };
  const { message_id: message, chat } = accepted.data.result;
  return { outcome: "accepted", answer: said, remoteId: `${chat.id}/${message}` };
}

/** The message got out, or is to be tried again; where it cannot, the id that holds now is the advice. */
export function movedOutcome(outcome: Outcome, chat: number): Outcome {
  const advice = `the group is a supergroup now: set chat to ${chat}`;
  if (outcome.outcome === "accepted") return { ...outcome, answer: `${outcome.answer}: ${advice}` };
  return outcome.outcome === "broken" || outcome.outcome === "refused"
    ? { ...outcome, outcome: "broken", advice }
    : outcome;
}

const addIt = "write to the bot once, or add it to the group, and check the chat's id";

/** By Telegram's own words. */
const faults: readonly (readonly [RegExp, Outcome])[] = [
  [
    /message to edit not found|message can't be edited|message_id_invalid|group chat was upgraded/i,
    { outcome: "refused", answer: "the message is no more", isGone: true },
  ],
  [
    /chat not found|peer_id_invalid|chat_id is empty/i,
    { outcome: "broken", answer: "the bot knows no such chat", advice: addIt },
  ],
  [
    /blocked by the user|user is deactivated/i,
    { outcome: "broken", answer: "the reader has blocked the bot", advice: "the reader unblocks the bot" },
  ],
  [
    /was kicked|not a member/i,
    { outcome: "broken", answer: "the bot was removed from the chat", advice: "add the bot to the chat again" },
  ],
  [
    /not enough rights|have no rights|write_forbidden|need administrator/i,
    { outcome: "broken", answer: "the bot may not write there", advice: "let the bot write in the chat" },
  ],
];

const byStatus: Readonly<Partial<Record<number, Outcome>>> = {
  401: { outcome: "broken", answer: "the token is refused", advice: "give the channel a valid token of the bot" },
  403: { outcome: "broken", answer: "the bot may not write there", advice: addIt },
  404: { outcome: "broken", answer: "no bot has this token", advice: "give the channel a valid token of the bot" },
};
