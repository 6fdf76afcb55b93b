import { z } from "zod";
import { isAnswer } from "../post";
import { botKey, call } from "../telegram/bot";
import { escape, unitsOf } from "../telegram/markup";
import { addressSchema } from "./address";
import { channelKind, type Outgoing } from "./channel";
import { fitLine, fitText, underTitle } from "./fit";
import { faultIn, movedOutcome, outcomeOfTry } from "./telegram-answer";
import { keyboardOf } from "./telegram-buttons";

const titleMax = 1000;
const linkWords = "Open in Virtuoso";
/** Telegram names no numbers; these are what its bots are known to be granted. */
const botPace = { burst: 30, everyMs: 34 };
const privatePace = { burst: 5, everyMs: 1000 };
const groupPace = { burst: 5, everyMs: 3000 };

const settingsSchema = z.strictObject({
  token: z.string().regex(/^\d{1,20}:[\w-]{30,100}$/, "expected a bot's token, as BotFather gives it"),
  chat: z
    .union([z.int(), z.string().regex(/^(?:-?\d{1,20}|@\w{4,64})$/, "expected the id of a chat, or @channel")])
    .transform(String),
  /** Another Bot API server. */
  api: addressSchema
    .refine((url) => URL.parse(url)?.search === "", "expected an address without a query")
    .default("https://api.telegram.org"),
  /** Accounts by the ids of their users at Telegram: they may act from the chat. None: nothing is read from it. */
  users: z
    .record(
      z.string().regex(/^[1-9]\d{0,19}$/, "expected the id of a user, a number"),
      z.string().trim().min(1).max(64),
    )
    .default({}),
  /** Whether commands are taken beside buttons. */
  commands: z.boolean().default(true),
});
export type TelegramSettings = z.output<typeof settingsSchema>;

/**
 * A bot's messages to one chat (core.telegram.org/bots/api). A message's name is `chat/message`: it is changed where it
 * stands. A group that became a supergroup has another id: it is followed, and named.
 */
export const telegram = channelKind({
  kind: "telegram",
  audience: "people",
  slots: 1,
  edits: true,
  settings: settingsSchema,
  secrets: { token: "one" },
  lengthMax: 4096,
  acts: ({ users }) => Object.keys(users).length > 0,
  paces({ token, chat, api }) {
    const bot = botKey({ token, api });
    return [
      { key: bot, ...botPace },
      { key: `${bot} ${chat}`, ...(/^\d/.test(chat) ? privatePace : groupPace) },
    ];
  },
  async send(settings, outgoing, post) {
    const { edits } = outgoing;
    const [chat = settings.chat, message] = edits?.split("/") ?? [settings.chat];
    const bot = botKey(settings);
    const body = messageOf(settings.token, outgoing);
    if (message !== undefined) {
      const place = { chat_id: chat, message_id: Number(message) };
      return outcomeOfTry(bot, await call(settings, "editMessageText", { ...place, ...body }, post), edits);
    }
    const first = await call(settings, "sendMessage", { chat_id: chat, ...quietly(outgoing), ...body }, post);
    const movedTo = isAnswer(first) ? faultIn(first)?.parameters?.migrate_to_chat_id : undefined;
    if (movedTo === undefined) return outcomeOfTry(bot, first, null);
    const again = await call(settings, "sendMessage", { chat_id: movedTo, ...quietly(outgoing), ...body }, post);
    return movedOutcome(outcomeOfTry(bot, again, null), movedTo);
  },
});

function messageOf(token: string, { title, text, publicLink, acts, alert }: Outgoing): object {
  const heading = fitLine(title, titleMax, unitsOf);
  const rest = underTitle(title, text);
  const end = publicLink === null ? "" : `\n\n<a href="${escape(publicLink)}">${linkWords}</a>`;
  const room = telegram.lengthMax - heading.length - 1 - (end === "" ? 0 : linkWords.length + 2);
  const under = rest === heading ? "" : `\n${escape(fitText(rest, room, unitsOf))}`;
  const alertId = alert?.["id"];
  return {
    text: `<b>${escape(heading)}</b>${under}${end}`,
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
    ...(acts.length > 0 &&
      typeof alertId === "string" && { reply_markup: { inline_keyboard: keyboardOf(token, acts, alertId) } }),
  };
}

/** What only sums up, or is over, makes no sound. */
function quietly({ purpose, priority }: Outgoing): object {
  return { disable_notification: purpose === "digest" || purpose === "resolve" || priority === "low" };
}
