import { z } from "zod";
import { isAnswer, type Answer } from "../post";
import { addressSchema } from "./address";
import { channelKind, type Outcome, type Outgoing } from "./channel";
import { fitLine, fitText, underTitle } from "./fit";
import { outcomeOf, statusText } from "./outcome";

const headerMax = 150;
const fallbackMax = 1000;

/**
 * An incoming webhook of Slack (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). What is said goes in
 * blocks of plain text: mrkdwn has no way to write its own signs. It names no message, so none can be changed.
 */
export const slack = channelKind({
  kind: "slack",
  audience: "people",
  slots: 1,
  edits: false,
  settings: z.strictObject({
    webhook: addressSchema.regex(
      /^https?:\/\/[^\s?#]+\/[\w-]+$/,
      "expected the address of an incoming webhook, as Slack shows it",
    ),
  }),
  secrets: { webhook: "one" },
  lengthMax: 3000,
  // What follows the last slash is the secret.
  paces: ({ webhook }) => [{ key: `slack ${webhook.slice(0, webhook.lastIndexOf("/"))}`, burst: 3, everyMs: 1000 }],
  async send({ webhook }, outgoing, post) {
    const answer = await post(webhook, {
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(messageOf(outgoing)),
    });
    return isAnswer(answer) ? outcomeOfAnswer(answer) : outcomeOf(answer);
  },
});

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escape(text: string): string {
  return text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
}

const lengthOf = (text: string) => escape(text).length;

function plain(text: string): object {
  return { type: "plain_text", text: escape(text), emoji: false };
}

function messageOf({ title, text, publicLink }: Outgoing): object {
  const rest = underTitle(title, text);
  const heading = fitLine(title, headerMax, lengthOf);
  const isAllSaid = rest === heading;
  return {
    // What a notification shows.
    text: escape(fitLine(title, fallbackMax, lengthOf)),
    blocks: [
      { type: "header", text: plain(heading) },
      ...(isAllSaid ? [] : [{ type: "section", text: plain(fitText(rest, slack.lengthMax, lengthOf)) }]),
      ...(publicLink === null
        ? []
        : [{ type: "section", text: { type: "mrkdwn", text: `<${escape(publicLink)}|Open in Virtuoso>` } }]),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function outcomeOfAnswer(answer: Answer): Outcome {
  const said = statusText(answer.status);
  const outcome = outcomeOf(answer);
  const word = answer.text.trim();
  if (outcome.outcome === "accepted" && word !== "ok")
    return {
      outcome: "broken",
      answer: `${said}, but not from Slack`,
      advice: "what answers at its address is not Slack: correct the webhook's address",
    };
  const advice = Object.hasOwn(brokenBy, word) ? brokenBy[word] : undefined;
  if (outcome.outcome === "accepted" || advice === undefined) return outcome;
  return { outcome: "broken", answer: `${said}: ${word}`, advice };
}

const anew = "make an incoming webhook anew and give the channel its address";

/** Slack's words for what no later try changes. */
const brokenBy: Readonly<Record<string, string>> = {
  action_prohibited: "an administrator has restricted the webhook: ask for it to be allowed",
  channel_is_archived: "open the Slack channel again, or make a webhook for another",
  channel_not_found: anew,
  invalid_token: anew,
  no_active_hooks: anew,
  no_service: anew,
  no_service_id: anew,
  no_team: anew,
  posting_to_general_channel_denied: "make a webhook for a channel anyone may post to",
  team_disabled: "the Slack workspace is disabled: make a webhook in another",
  user_not_found: anew,
};
