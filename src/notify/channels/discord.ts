import { z } from "zod";
import { isAnswer, type Answer } from "../post";
import { addressSchema } from "./address";
import { channelKind, type Outcome, type Outgoing } from "./channel";
import { fitLine, fitText, underTitle } from "./fit";
import { jsonIn, outcomeOf, pauseOf, statusText } from "./outcome";

const titleMax = 1900;
const hostPace = { burst: 50, everyMs: 20 };
const webhookPace = { burst: 5, everyMs: 2000 };

/**
 * A webhook of a Discord channel (docs.discord.com/developers/resources/webhook). `wait` makes it answer with the message,
 * and with an error where that was not saved. No text of a message mentions anyone.
 */
export const discord = channelKind({
  kind: "discord",
  audience: "people",
  slots: 1,
  edits: true,
  settings: z.strictObject({
    webhook: addressSchema.regex(
      /^https?:\/\/[^\s?#]+\/webhooks\/\d{1,20}\/[\w-]{1,100}(?:\?thread_id=\d{1,20})?$/,
      "expected the address of a webhook, as Discord shows it",
    ),
  }),
  secrets: { webhook: "one" },
  lengthMax: 4096,
  paces({ webhook }) {
    const { host, id } = partsOf(webhook);
    return [
      { key: `discord ${host}`, ...hostPace },
      { key: `discord ${host} ${id}`, ...webhookPace },
    ];
  },
  async send({ webhook }, outgoing, post) {
    const { edits } = outgoing;
    const answer = await post(addressOf(webhook, edits), {
      method: edits === null ? "POST" : "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(messageOf(outgoing)),
    });
    return isAnswer(answer) ? outcomeOfAnswer(answer, partsOf(webhook).host) : outcomeOf(answer);
  },
});

function addressOf(webhook: string, edits: string | null): string {
  const url = new URL(webhook);
  if (edits === null) url.searchParams.set("wait", "true");
  else url.pathname += `/messages/${encodeURIComponent(edits)}`;
  return url.href;
}

function partsOf(webhook: string): { readonly host: string; readonly id: string } {
  const { host, pathname } = new URL(webhook);
  return { host, id: pathname.split("/").at(-2) ?? "" };
}

/** Everything Discord reads as markup, a mention or the scheme of an address. */
function escape(text: string): string {
  return text.replace(/[\\*_~`|<>()[\]@#]|^[-+]|:(?=\/\/)/gm, "\\$&");
}

const lengthOf = (text: string) => escape(text).length;

const colours = { high: 0xd9_2d_20, medium: 0xdc_84_04, low: 0x66_70_85, over: 0x07_94_55 } as const;

function messageOf({ title, text, priority, purpose, publicLink }: Outgoing): object {
  const rest = underTitle(title, text);
  const embed = {
    color: purpose === "resolve" ? colours.over : colours[priority],
    ...(rest !== title && { description: escape(fitText(rest, discord.lengthMax, lengthOf)) }),
    ...(publicLink !== null && { title: "Open in Virtuoso", url: publicLink }),
  };
  return {
    content: `**${escape(fitLine(title, titleMax, lengthOf))}**`,
    embeds: "description" in embed || "url" in embed ? [embed] : [],
    allowed_mentions: { parse: [] },
  };
}

const acceptedSchema = z.object({ id: z.string().regex(/^\d{1,20}$/) });
const faultSchema = z.object({ code: z.number() });
const limitedSchema = z.object({ retry_after: z.number().min(0), global: z.boolean().optional() });

function outcomeOfAnswer(answer: Answer, host: string): Outcome {
  const said = statusText(answer.status);
  const body = jsonIn(answer.text);
  const outcome = outcomeOf(answer);
  if (outcome.outcome === "accepted") {
    const accepted = acceptedSchema.safeParse(body);
    if (!accepted.success)
      return {
        outcome: "broken",
        answer: `${said}, but not from Discord`,
        advice: "what answers at its address is not Discord: correct the webhook's address",
      };
    return { outcome: "accepted", answer: said, remoteId: accepted.data.id, ...restOf(answer.headers) };
  }
  const limited = answer.status === 429 ? limitedSchema.safeParse(body) : null;
  if (limited?.success) {
    const { retry_after: seconds, global } = limited.data;
    const forMs = pauseOf(Math.ceil(seconds * 1000));
    const isForAll = global === true || answer.headers.get("x-ratelimit-global") === "true";
    const all = isForAll && { pace: `discord ${host}` };
    return { outcome: "pause", answer: said, forMs, mayHaveArrived: false, ...all };
  }
  const fault = faultSchema.safeParse(body);
  const known = fault.success ? faults[fault.data.code] : undefined;
  return known === undefined ? outcome : { ...known, answer: `${said}: ${known.answer}` };
}

/** What it took may have been the last for a time. */
function restOf(headers: Headers): { readonly restMs?: number } {
  const seconds = Number(headers.get("x-ratelimit-reset-after") ?? Number.NaN);
  const isLast = headers.get("x-ratelimit-remaining") === "0" && seconds > 0;
  return isLast ? { restMs: pauseOf(Math.ceil(seconds * 1000)) } : {};
}

/** By Discord's own codes. */
const faults: Readonly<Partial<Record<number, Outcome>>> = {
  10_008: { outcome: "refused", answer: "the message is no more", isGone: true },
  10_015: {
    outcome: "broken",
    answer: "the webhook is no more",
    advice: "make a webhook anew and give the channel its address",
  },
  10_003: {
    outcome: "broken",
    answer: "the thread is no more",
    advice: "give the channel the address without thread_id, or of another thread",
  },
  50_027: {
    outcome: "broken",
    answer: "the webhook's token is refused",
    advice: "give the channel the webhook's address as Discord shows it",
  },
  50_083: {
    outcome: "broken",
    answer: "the thread is archived",
    advice: "open the thread again, or give the channel another webhook",
  },
  220_001: {
    outcome: "broken",
    answer: "a forum needs a thread",
    advice: "add ?thread_id= and the thread's id to the webhook's address",
  },
};
