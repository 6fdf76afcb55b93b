import { z } from "zod";
import { telegramText } from "../../../support/bot-api";
import type { Received, Reply } from "../../../support/scripted-server";
import type { ChannelScript } from "./script";

const token = "123456789:AAEhBOweik6ad9r_-QRaQDTzYvGEj5bM3w0";

const messageSchema = z.object({
  chat_id: z.union([z.string(), z.int()]),
  message_id: z.int().optional(),
  text: z.string(),
});

function messageOf({ body }: Received): z.output<typeof messageSchema> {
  return messageSchema.parse(JSON.parse(body));
}

function fault(status: number, description: string, parameters?: object): Reply {
  return {
    status,
    body: JSON.stringify({ ok: false, error_code: status, description, ...(parameters && { parameters }) }),
  };
}

function shown(request: Received): { readonly title: string; readonly text: string; readonly length: number } {
  const { text: html } = messageOf(request);
  const [, title = "", rest] =
    /^<b>(.*)<\/b>(?:\n([\s\S]*?))?(?:\n\n<a href="[^"]*">Open in Virtuoso<\/a>)?$/.exec(html) ?? [];
  return {
    title: telegramText(title),
    text: telegramText(rest ?? title),
    length: telegramText(html).length,
  };
}

export const telegramScript: ChannelScript = {
  kind: "telegram",
  settings: (server) => ({ token, chat: -1_001_234_567_890, api: server }),
  secrets: [token],
  accept(request) {
    const { chat_id: chat, message_id: edited } = messageOf(request);
    const method = edited === undefined ? "sendMessage" : "editMessageText";
    if (request.path !== `/bot${token}/${method}`) return fault(404, "Not Found");
    const result = { message_id: edited ?? 42, chat: { id: Number(chat), type: "supergroup" }, text: "" };
    return { status: 200, body: JSON.stringify({ ok: true, result }) };
  },
  acceptWithoutEdit: null,
  unauthorized: fault(401, "Unauthorized"),
  gone: fault(400, "Bad Request: chat not found"),
  refused: fault(400, "Bad Request: can't parse entities"),
  limited: fault(429, "Too Many Requests: retry after 5", { retry_after: 5 }),
  limitedFor: { reply: fault(429, "Too Many Requests: retry after 35", { retry_after: 35 }), ms: 35_000 },
  read: shown,
  saysShortened: (request) => /\n… \d+ more characters$/.test(shown(request).text),
  idOf: null,
};
