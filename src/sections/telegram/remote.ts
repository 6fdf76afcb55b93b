import { Problem } from "../../api/problems";
import type { DaemonParts } from "../../daemon/parts";
import { fitLine, fitText } from "../../notify/channels/fit";
import type { TelegramSettings } from "../../notify/channels/telegram";
import { botKey, callFor, type Called } from "../../notify/telegram/bot";
import { escape, unitsOf } from "../../notify/telegram/markup";
import { pause } from "../../notify/telegram/pause";
import type { Callback, ChatMessage, Update } from "../../notify/telegram/updates";
import type { Post } from "../../notify/post";
import { chatMoves, putBotPlace, putChatMoves } from "../../store/bot-places";
import { problemWords } from "./act-on-one";
import { answerCommand } from "./commands";
import { personFor, type Person } from "./people";
import { doPress } from "./press";
import type { Strangers } from "./strangers";

/** A channel that may be acted from. */
export interface RemoteChannel {
  readonly name: string;
  readonly settings: TelegramSettings;
}

const textMax = 4096;
const callbackTextMax = 200;
/** An answer that has to wait for longer is left unsaid. */
const waitedMsMax = 30_000;
/** What was pressed long ago is done, and its sender looks at it no more. */
const tooOld = /query is too old/i;

/** What is written to one bot: who may is answered, once what they want is kept; anyone else is not. */
export class Remote {
  #moves: Readonly<Record<string, string>>;

  constructor(
    private readonly parts: DaemonParts,
    /** Those of this bot; at least one. */
    public channels: readonly RemoteChannel[],
    private readonly post: Post,
    private readonly strangers: Strangers,
    private readonly stopping: AbortSignal,
  ) {
    this.#moves = chatMoves(parts.database, botKey(this.#settings));
  }

  /** Its place is kept in the same commit as what it did: what was answered is not answered again. Never throws. */
  async handle(update: Update): Promise<void> {
    const answering = this.#answer(update);
    const kept = this.#keepPlace(update);
    const answer = await answering;
    await kept;
    await answer?.();
  }

  #keepPlace({ update_id: id }: Update): Promise<boolean> {
    const { writer, database, now } = this.parts;
    const bot = botKey(this.#settings);
    return writer.submit({ mark: () => putBotPlace(database, bot, { next: id + 1, at: now() }) });
  }

  get #settings(): TelegramSettings {
    const [first] = this.channels;
    if (first === undefined) throw new Error("a bot is of a channel");
    return first.settings;
  }

  /** Null where nothing is to be said. */
  async #answer({ callback_query: callback, message }: Update): Promise<(() => Promise<void>) | null> {
    if (callback) return await this.#answerCallback(callback);
    return message ? await this.#answerMessage(message) : null;
  }

  async #answerCallback(callback: Callback): Promise<(() => Promise<void>) | null> {
    const known = this.#known(callback.message?.chat ?? null, callback.from);
    if (known === null) return null;
    const { token } = known.channel.settings;
    const said = await this.#saying(() => doPress(this.parts, known.person, token, callback.data ?? ""));
    const text = fitLine(said, callbackTextMax, unitsOf);
    return () => this.#send("answerCallbackQuery", { callback_query_id: callback.id, text });
  }

  async #answerMessage(message: ChatMessage): Promise<(() => Promise<void>) | null> {
    if (this.#follow(message) || message.from === undefined || message.from.is_bot === true) return null;
    const known = this.#known(message.chat, message.from);
    if (known === null || !known.channel.settings.commands) return null;
    const said = await this.#saying(() => answerCommand(this.parts, known.person, message));
    if (said === null) return null;
    const text = escape(fitText(said, textMax, unitsOf));
    return () => this.#send("sendMessage", { chat_id: message.chat.id, text, parse_mode: "HTML" });
  }

  #known(
    chat: ChatMessage["chat"] | null,
    user: Callback["from"],
  ): { readonly channel: RemoteChannel; readonly person: Person } | null {
    const channel = this.channels.find(({ settings }) => chat !== null && this.#isOf(settings.chat, chat));
    const person = channel ? personFor(this.parts, channel.settings, user.id) : null;
    if (channel && person) return { channel, person };
    const names = this.channels.map(({ name }) => name);
    if (user.is_bot !== true) this.strangers.note(names, chat?.id ?? null, user.id);
    return null;
  }

  async #saying<T>(work: () => Promise<T>): Promise<T | string> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem) return problemWords(error);
      this.parts.log.error({ err: error }, "what was written to a bot of Telegram could not be answered");
      return "that failed: the log of the daemon says why";
    }
  }

  /** Telegram itself says that a group is a supergroup of another id now: what is written there is meant. */
  #follow({ chat, migrate_to_chat_id: to, migrate_from_chat_id: from }: ChatMessage): boolean {
    const [before, now] = to === undefined ? [from, chat.id] : [chat.id, to];
    if (before === undefined) return false;
    if (!this.channels.some(({ settings }) => this.#isOf(settings.chat, { id: before }))) return true;
    this.#moves = { ...this.#moves, [before]: String(now) };
    const { writer, database } = this.parts;
    void writer.submit({ mark: () => putChatMoves(database, botKey(this.#settings), this.#moves) });
    return true;
  }

  #isOf(configured: string, { id, username }: ChatMessage["chat"]): boolean {
    const moved = Object.hasOwn(this.#moves, configured) ? this.#moves[configured] : undefined;
    if (configured === String(id) || moved === String(id)) return true;
    return username !== undefined && configured.toLowerCase() === `@${username.toLowerCase()}`;
  }

  /** Tried once more where the server asks to wait for a while; then it is left unsaid. */
  async #send(method: string, body: object): Promise<void> {
    const first = await callFor(this.#settings, method, body, this.post);
    if ("result" in first) return;
    const { retryAfterMs } = first;
    if (retryAfterMs === null || retryAfterMs > waitedMsMax) return this.#unsaid(method, first);
    await pause(retryAfterMs, this.stopping);
    const again = await callFor(this.#settings, method, body, this.post);
    if (!("result" in again)) this.#unsaid(method, again);
  }

  #unsaid(method: string, { status, why }: Exclude<Called, { readonly result: unknown }>): void {
    if (this.stopping.aborted || tooOld.test(why)) return;
    const channel = this.channels[0]?.name;
    this.parts.log.warn({ channel, method, status, why }, "an answer at Telegram did not arrive");
  }
}
