import { z } from "zod";

/** A message as it stands in a chat: read, its markup gone. */
interface ChatMessage {
  readonly id: number;
  readonly html: string;
  readonly text: string;
  readonly silent: boolean;
  readonly buttons: readonly (readonly { readonly text: string; readonly callback_data: string }[])[];
}

type Answer = { readonly status: number; readonly body: object };
type Update = Readonly<Record<string, unknown>>;

/** A Bot API server of our own, as far as core.telegram.org/bots/api documents what is used of it. */
export interface BotApi extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  /** Methods called, in order. */
  readonly calls: readonly string[];
  readonly callbackAnswers: readonly { readonly callback_query_id: string; readonly text?: string | undefined }[];
  /** A chat the bot may write to; group chats have negative ids. */
  open(chat: number): void;
  messages(chat: number): readonly ChatMessage[];
  remove(chat: number, message: number): void;
  /** The group is a supergroup from now on, of another id. */
  migrate(from: number, to: number): void;
  /** Answers so to the next call. */
  refuseNext(status: number, description: string, parameters?: object): void;
  /** What the next poll brings. */
  push(update: Update): void;
}

const buttonSchema = z.strictObject({
  text: z.string().min(1),
  callback_data: z.string().refine((data) => Buffer.byteLength(data) >= 1 && Buffer.byteLength(data) <= 64),
});
const contentShape = {
  text: z.string().min(1),
  parse_mode: z.literal("HTML"),
  link_preview_options: z.object({ is_disabled: z.boolean() }).optional(),
  reply_markup: z.strictObject({ inline_keyboard: z.array(z.array(buttonSchema).max(8)) }).optional(),
};
const chatId = z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform(Number);
const sent = z.strictObject({ chat_id: chatId, disable_notification: z.boolean().optional(), ...contentShape });
const edited = z.strictObject({ chat_id: chatId, message_id: z.int(), ...contentShape });
const polled = z.object({ offset: z.int().optional(), timeout: z.int().optional() });
const answered = z.object({ callback_query_id: z.string(), text: z.string().max(200).optional() });

const textUnitsMax = 4096;

export function telegramText(html: string): string {
  const bare = html.replaceAll(/<\/?(?:b|i|u|s|code|pre)>|<a href="[^"<>]*">|<\/a>/g, "");
  if (/[<>]|&(?!amp;|lt;|gt;|quot;)/.test(bare)) throw new Error("can't parse entities");
  return bare.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

const fault = (status: number, description: string, parameters?: object): Answer => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters && { parameters }) },
});
const result = (value: unknown): Answer => ({ status: 200, body: { ok: true, result: value } });
const contentOf = (
  id: number,
  silent: boolean,
  given: z.output<typeof edited> | z.output<typeof sent>,
): ChatMessage => ({
  id,
  html: given.text,
  text: telegramText(given.text),
  silent,
  buttons: given.reply_markup?.inline_keyboard ?? [],
});

export function startBotApi(token = "123456789:AAEhBOweik6ad9r_-QRaQDTzYvGEj5bM3w0"): BotApi {
  const chats = new Map<number, ChatMessage[]>();
  const moved = new Map<number, number>();
  const calls: string[] = [];
  const callbackAnswers: z.output<typeof answered>[] = [];
  const refusals: Answer[] = [];
  let updates: { readonly update_id: number }[] = [];
  let lastUpdate = 0;
  let lastMessage = 0;
  const waiting = new Set<() => void>();

  const shown = (chat: number, { id, text }: ChatMessage) => result({ message_id: id, chat: { id: chat }, text });

  const methods: Readonly<Record<string, (body: unknown) => Answer | Promise<Answer>>> = {
    getMe: () => result({ id: Number(token.split(":")[0]), is_bot: true, username: "desk_bot" }),
    sendMessage(body) {
      const given = sent.parse(body);
      const to = moved.get(given.chat_id);
      if (to !== undefined)
        return fault(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: to });
      const chat = chats.get(given.chat_id);
      if (chat === undefined) return fault(400, "Bad Request: chat not found");
      const message = contentOf(++lastMessage, given.disable_notification === true, given);
      if (message.text.length > textUnitsMax) return fault(400, "Bad Request: message is too long");
      chat.push(message);
      return shown(given.chat_id, message);
    },
    editMessageText(body) {
      const given = edited.parse(body);
      const chat = chats.get(given.chat_id) ?? [];
      const at = chat.findIndex(({ id }) => id === given.message_id);
      const before = chat[at];
      if (before === undefined) return fault(400, "Bad Request: message to edit not found");
      const message = contentOf(before.id, before.silent, given);
      if (message.html === before.html && Bun.deepEquals(message.buttons, before.buttons))
        return fault(400, "Bad Request: message is not modified: specified new message content is the same");
      chat[at] = message;
      return shown(given.chat_id, message);
    },
    answerCallbackQuery(body) {
      callbackAnswers.push(answered.parse(body));
      return result(true);
    },
    async getUpdates(body) {
      const { offset = 0, timeout = 0 } = polled.parse(body);
      updates = updates.filter(({ update_id: id }) => id >= offset);
      if (updates.length === 0 && timeout > 0)
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          setTimeout(resolve, timeout * 1000).unref();
        });
      return result(updates.filter(({ update_id: id }) => id >= offset));
    },
  };

  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 120,
    async fetch(request) {
      const [, given, method = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(new URL(request.url).pathname) ?? [];
      const { status, body } = await answer(given, method, request);
      return Response.json(body, { status });
    },
  });

  async function answer(given: string | undefined, method: string, request: Request): Promise<Answer> {
    if (given === undefined) return fault(404, "Not Found");
    if (given !== token) return fault(401, "Unauthorized");
    calls.push(method);
    const refusal = refusals.shift();
    if (refusal) return refusal;
    try {
      const text = await request.text();
      return (
        (await methods[method]?.(text === "" ? {} : JSON.parse(text))) ?? fault(404, "Not Found: method not found")
      );
    } catch (error) {
      return fault(400, `Bad Request: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    url: `http://127.0.0.1:${server.port}`,
    token,
    calls,
    callbackAnswers,
    open: (chat) => void chats.set(chat, []),
    messages: (chat) => chats.get(chat) ?? [],
    remove: (chat, message) =>
      void chats.set(
        chat,
        (chats.get(chat) ?? []).filter(({ id }) => id !== message),
      ),
    migrate(from, to) {
      moved.set(from, to);
      chats.delete(from);
      chats.set(to, []);
    },
    refuseNext: (status, description, parameters) => void refusals.push(fault(status, description, parameters)),
    push(update) {
      updates.push({ update_id: ++lastUpdate, ...update });
      for (const wake of waiting) wake();
      waiting.clear();
    },
    async [Symbol.asyncDispose]() {
      await server.stop(true);
    },
  };
}
