import { z } from "zod";
import type { Received, Reply } from "../../../support/scripted-server";
import type { ChannelScript } from "./script";

const token = "Zk3vT0kenOfTheWebhook_-x9Qw7RbLmN5pYc2VhG8sJd4FaE6uKiO1tXzB0nMq";
const path = `/api/webhooks/1180011223344556677/${token}`;

const embedSchema = z.strictObject({
  color: z.int().min(0).max(0xff_ff_ff),
  description: z.string().min(1).max(4096).optional(),
  title: z.string().max(256).optional(),
  url: z.url().optional(),
});
const messageSchema = z.strictObject({
  content: z.string().min(1).max(2000),
  embeds: z.array(embedSchema).max(10),
  allowed_mentions: z.strictObject({ parse: z.array(z.string()).length(0) }),
});

/** As Discord takes it: longer or otherwise it would answer 400. */
export function discordMessage({ body }: Received): z.output<typeof messageSchema> {
  return messageSchema.parse(JSON.parse(body));
}

/** As a reader sees it: what follows a backslash stands for itself. */
export function discordShown(text: string): string {
  const bare = text.replaceAll(/\\[\s\S]/g, "");
  if (/[*_~`|<>@#[\]()]|:\/\//.test(bare)) throw new Error(`markup is left in ${text}`);
  return text.replaceAll(/\\([\s\S])/g, "$1");
}

function fault(status: number, code: number, message: string): Reply {
  return { status, body: JSON.stringify({ message, code }) };
}

export function discordAccepts(request: Received): Reply {
  discordMessage(request);
  const [, edited] = /\/messages\/(\d+)$/.exec(request.path) ?? [];
  if (edited === undefined ? request.path !== `${path}?wait=true` : request.method !== "PATCH") return { status: 405 };
  const id = edited ?? "1310000000000000042";
  return { status: 200, body: JSON.stringify({ id, type: 0, channel_id: "1180011223344556600", content: "" }) };
}

export const discordScript: ChannelScript = {
  kind: "discord",
  settings: (server) => ({ webhook: `${server}${path}` }),
  secrets: [token],
  accept: discordAccepts,
  acceptWithoutEdit: null,
  unauthorized: fault(401, 50_027, "Invalid Webhook Token"),
  gone: fault(404, 10_015, "Unknown Webhook"),
  refused: fault(400, 50_035, "Invalid Form Body"),
  limited: {
    status: 429,
    body: JSON.stringify({ message: "You are being rate limited.", retry_after: 64.57, global: false }),
  },
  limitedFor: {
    reply: {
      status: 429,
      body: JSON.stringify({ message: "You are being rate limited.", retry_after: 2.3456, global: true }),
    },
    ms: 2346,
  },
  read(request) {
    const { content, embeds } = discordMessage(request);
    const title = discordShown(content.replaceAll(/^\*\*|\*\*$/g, ""));
    const description = embeds[0]?.description;
    return {
      title,
      text: description === undefined ? title : discordShown(description),
      length: description?.length ?? 0,
    };
  },
  saysShortened: (request) => /\n… \d+ more characters$/.test(discordMessage(request).embeds[0]?.description ?? ""),
  idOf: null,
};
