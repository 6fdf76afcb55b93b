import { z } from "zod";
import type { Priority } from "../../core/alert";
import { hourMs } from "../../core/duration";
import { isAnswer, type Answer } from "../post";
import { addressSchema } from "./address";
import { channelKind, type Outcome, type Outgoing } from "./channel";
import { fitLine, fitText, underTitle } from "./fit";
import { jsonIn, outcomeOf, statusText } from "./outcome";

/** A visitor's burst and refill, as a server has them by default. */
const burst = 60;
const everyMs = 5000;
const titleBytesMax = 1000;

/**
 * A topic of ntfy.sh or of a server of one's own (docs.ntfy.sh/publish). Published as JSON to the server's root: headers
 * would break on UTF-8. Each message has the delivery's id as its sequence id, so that a repeat takes the place of the first.
 */
export const ntfy = channelKind({
  kind: "ntfy",
  audience: "people",
  slots: 1,
  edits: true,
  settings: z.strictObject({
    server: addressSchema
      .refine((url) => URL.parse(url)?.pathname === "/", "expected the server's root: the topic stands by itself")
      .default("https://ntfy.sh"),
    topic: z.string().regex(/^[\w-]{1,64}$/, "expected letters, digits, - and _, 64 at most"),
    /** An access token, or `name:password`. */
    token: z
      .string()
      .regex(/^[\x21-\x7e]{1,500}$/, "expected a token, or name:password")
      .optional(),
  }),
  secrets: { topic: "either", token: "one" },
  lengthMax: 4096,
  paces: ({ server }) => [{ key: `ntfy ${new URL(server).host}`, burst, everyMs }],
  async send({ server, topic, token }, outgoing, post) {
    const sequenceId = outgoing.edits ?? outgoing.id;
    const answer = await post(new URL("/", server).href, {
      headers: {
        "content-type": "application/json",
        ...(token !== undefined && { authorization: authorizationOf(token) }),
      },
      body: JSON.stringify({
        topic,
        sequence_id: sequenceId,
        title: fitLine(outgoing.title, titleBytesMax),
        message: fitText(underTitle(outgoing.title, outgoing.text), ntfy.lengthMax),
        priority: priorityOf(outgoing),
        tags: tagsOf(outgoing),
        click: outgoing.link,
      }),
    });
    return isAnswer(answer) ? outcomeOfAnswer(answer, sequenceId) : outcomeOf(answer);
  },
});

function authorizationOf(token: string): string {
  return token.includes(":") ? `Basic ${Buffer.from(token).toString("base64")}` : `Bearer ${token}`;
}

const priorities: Readonly<Record<Priority, number>> = { low: 2, medium: 3, high: 5 };

/** What has to be looked at now may be loud; what is over or only sums up may not. */
function priorityOf({ purpose, priority }: Outgoing): number {
  if (purpose === "digest") return 2;
  return purpose === "resolve" || purpose === "edit" ? Math.min(3, priorities[priority]) : priorities[priority];
}

/** The first is shown as a picture; the others by their words, which a comma would divide. */
function tagsOf({ purpose, priority, alert }: Outgoing): string[] {
  const picture = purpose === "resolve" ? "white_check_mark" : priority === "high" ? "rotating_light" : "bell";
  const words = [alert?.["type"], alert?.["symbol"]].filter((word) => typeof word === "string");
  return [picture, ...words.filter((word) => /^[\w.:/-]{1,40}$/.test(word))];
}

const answerSchema = z.object({ id: z.string(), sequence_id: z.string().optional().catch(undefined) });
const faultSchema = z.object({ code: z.number() });

function outcomeOfAnswer(answer: Answer, sequenceId: string): Outcome {
  const outcome = outcomeOf(answer);
  if (outcome.outcome === "accepted") return acceptedBy(answer, sequenceId);
  const fault = faultSchema.safeParse(jsonIn(answer.text));
  const known = fault.success ? faults[fault.data.code] : undefined;
  if (known === undefined) return outcome;
  return { ...known, answer: `${statusText(answer.status)}: ${known.answer}` };
}

/** A server before 2.16 takes a sequence id in silence: what it took cannot be changed. */
function acceptedBy({ status, text }: Answer, sequenceId: string): Outcome {
  const taken = answerSchema.safeParse(jsonIn(text));
  if (!taken.success)
    return {
      outcome: "broken",
      answer: `${statusText(status)}, but not from ntfy`,
      advice: "what answers at its address is not ntfy: correct the server's address",
    };
  return {
    outcome: "accepted",
    answer: statusText(status),
    ...(taken.data.sequence_id === sequenceId && { remoteId: sequenceId }),
  };
}

/** By ntfy's own codes. A daily quota begins anew at an hour only the server knows. */
const faults: Readonly<Partial<Record<number, Outcome>>> = {
  40009: { outcome: "broken", answer: "no such topic can be", advice: "correct the topic" },
  40010: { outcome: "broken", answer: "the topic is not allowed", advice: "choose another topic" },
  40101: { outcome: "broken", answer: "the token is refused", advice: "give the channel a valid token" },
  40301: {
    outcome: "broken",
    answer: "the topic may not be written to",
    advice: "give the channel a token that may write to the topic",
  },
  42901: { outcome: "pause", answer: "too many requests", forMs: 2 * everyMs, mayHaveArrived: false },
  42908: { outcome: "pause", answer: "the daily quota is used up", forMs: hourMs, mayHaveArrived: false },
};
