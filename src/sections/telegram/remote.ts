import { Problem } from "../../api/problems";
import type { DaemonParts } from "../../daemon/parts";
import { fitLine, fitText } from "../../notify/channels/fit";
import type { TelegramSettings } from "../../notify/channels/telegram";
import { botKey, callFor } from "../../notify/telegram/bot";
import { escape, unitsOf } from "../../notify/telegram/markup";
import type { Callback, ChatMessage, Update } from "../../notify/telegram/updates";
import type { Post } from "../../notify/post";
import { putBotPlace } from "../../store/bot-places";
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

/** What is written to one bot: who may is answered, once what they want is kept; anyone else is not. */
export class Remote {
  constructor(
    private readonly parts: DaemonParts,
    /** Those of this bot; at least one. */
    public channels: readonly RemoteChannel[],
    private readonly post: Post,
    private readonly strangers: Strangers,
  ) {}

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
    if (message.from === undefined || message.from.is_bot === true) return null;
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
    const channel = this.channels.find(({ settings }) => chat !== null && isOf(settings.chat, chat));
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

  /** Tried once more where the server asks to wait for a while; then it is left unsaid. */
  async #send(method: string, body: object): Promise<void> {
    const called = await callFor(this.#settings, method, body, this.post);
    if ("result" in called) return;
    const { status, why } = called;
    this.parts.log.warn(
      { channel: this.channels[0]?.name, method, status, why },
      "an answer at Telegram did not arrive",
    );
  }
}

function isOf(configured: string, { id, username }: ChatMessage["chat"]): boolean {
  return (
    configured === String(id) || (username !== undefined && configured.toLowerCase() === `@${username.toLowerCase()}`)
  );
}
