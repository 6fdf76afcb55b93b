import { z } from "zod";
import type { Received } from "../../../support/scripted-server";
import type { ChannelScript } from "./script";

const path = "/services/T024BE7LD/B7Q1XKJ2Z/h8Gk3Jd0qWmZr5TtYv2LsPcA";

const plainSchema = z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1), emoji: z.literal(false) });
const headerSchema = z.strictObject({
  type: z.literal("header"),
  text: plainSchema.extend({ text: z.string().min(1).max(150) }),
});
const sectionSchema = z.strictObject({
  type: z.literal("section"),
  text: z.union([
    plainSchema.extend({ text: z.string().min(1).max(3000) }),
    z.strictObject({ type: z.literal("mrkdwn"), text: z.string().min(1).max(3000) }),
  ]),
});
const messageSchema = z.strictObject({
  text: z.string().min(1),
  blocks: z.tuple([headerSchema]).rest(sectionSchema),
  unfurl_links: z.literal(false),
  unfurl_media: z.literal(false),
});

export function slackMessage({ body }: Received): z.output<typeof messageSchema> {
  return messageSchema.parse(JSON.parse(body));
}

/** As a reader sees plain text: three signs are written as entities. */
function slackShown(text: string): string {
  if (/[<>]|&(?!amp;|lt;|gt;)/.test(text)) throw new Error(`markup is left in ${text}`);
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function plainOf(request: Received): string | null {
  const [, ...sections] = slackMessage(request).blocks;
  return sections.find(({ text }) => text.type === "plain_text")?.text.text ?? null;
}

export const slackScript: ChannelScript = {
  kind: "slack",
  settings: (server) => ({ webhook: `${server}${path}` }),
  secrets: [path, "h8Gk3Jd0qWmZr5TtYv2LsPcA"],
  accept: (request) => (slackMessage(request), { status: 200, body: "ok" }),
  acceptWithoutEdit: null,
  unauthorized: { status: 403, body: "invalid_token" },
  gone: { status: 404, body: "no_service" },
  refused: { status: 400, body: "invalid_blocks" },
  limited: { status: 429, headers: { "retry-after": "30" }, body: "rate_limited" },
  limitedFor: { reply: { status: 429, headers: { "retry-after": "3" } }, ms: 3000 },
  read(request) {
    const [header] = slackMessage(request).blocks;
    const title = slackShown(header.text.text);
    const text = plainOf(request);
    return { title, text: text === null ? title : slackShown(text), length: text?.length ?? 0 };
  },
  saysShortened: (request) => /\n… \d+ more characters$/.test(plainOf(request) ?? ""),
  idOf: null,
};
