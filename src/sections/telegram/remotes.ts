import type { DaemonParts } from "../../daemon/parts";
import { telegram } from "../../notify/channels/telegram";
import { chance } from "../../notify/chance";
import type { Channel } from "../../notify/deliver-deps";
import { createPost } from "../../notify/post";
import { botKey } from "../../notify/telegram/bot";
import { Poller } from "../../notify/telegram/poller";
import { botPlace } from "../../store/bot-places";
import type { Found, HealthCheck } from "../../views/health";
import { Remote, type RemoteChannel } from "./remote";
import { Strangers } from "./strangers";

interface Bot {
  readonly token: string;
  readonly remote: Remote;
  readonly poller: Poller;
  /** Why nothing is read; null where it is, undefined before the first poll was answered. */
  trouble: string | null | undefined;
}

/** One poller for each bot whose channels name who may act: two of one bot would take each other's updates. */
export class Remotes implements AsyncDisposable {
  readonly #bots = new Map<string, Bot>();
  readonly #ending = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #post = createPost(this.#stopping.signal);
  readonly #strangers: Strangers;

  constructor(private readonly parts: DaemonParts) {
    this.#strangers = new Strangers(parts);
  }

  /** From now on these are the channels. */
  follow(channels: readonly Channel[]): void {
    const wanted = Map.groupBy(channels.flatMap(remoteOf), ({ settings }) => botKey(settings));
    for (const [key, { token, poller }] of this.#bots)
      if (wanted.get(key)?.[0]?.settings.token !== token) {
        this.#bots.delete(key);
        this.#end(poller);
      }
    for (const [key, ofBot] of wanted) {
      const known = this.#bots.get(key);
      if (known) known.remote.channels = ofBot;
      else this.#begin(key, ofBot);
    }
  }

  /** None where no channel is acted from. */
  health(): HealthCheck[] {
    if (this.#bots.size === 0) return [];
    return [{ name: "telegram", judge: () => this.#judge() }];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    for (const { poller } of this.#bots.values()) this.#end(poller);
    this.#bots.clear();
    await Promise.all(this.#ending);
  }

  #begin(key: string, channels: readonly RemoteChannel[]): void {
    const [first] = channels;
    if (first === undefined || this.#stopping.signal.aborted) return;
    const { database, now } = this.parts;
    const remote = new Remote(this.parts, channels, this.#post, this.#strangers, this.#stopping.signal);
    const poller = new Poller(first.settings, {
      place: () => botPlace(database, key),
      handle: (update) => remote.handle(update),
      fared: (trouble) => this.#note(bot, trouble),
      now,
      chance,
    });
    const bot: Bot = { token: first.settings.token, remote, poller, trouble: undefined };
    this.#bots.set(key, bot);
    poller.start();
  }

  #judge(): Found {
    const bots = [...this.#bots.values()];
    const troubled = bots.flatMap(({ remote, trouble }) => (trouble ? [`${namesOf(remote)}: ${trouble}`] : []));
    if (troubled.length > 0)
      return { status: "degraded", message: `buttons and commands are not read: ${troubled.join("; ")}` };
    if (bots.some(({ trouble }) => trouble === undefined))
      return { status: "unknown", message: "not known yet whether buttons and commands are read" };
    return { status: "healthy", message: "buttons and commands are read" };
  }

  #note(bot: Bot, trouble: string | null): void {
    const before = bot.trouble;
    if (before === trouble) return;
    bot.trouble = trouble;
    if (before === undefined && trouble === null) return;
    const { log } = this.parts;
    const channel = namesOf(bot.remote);
    if (trouble === null) log.info({ channel }, `what is written to channel ${channel} is read again`);
    else log.warn({ channel, trouble }, `what is written to channel ${channel} is not read: ${trouble}`);
  }

  #end(poller: Poller): void {
    const ended = poller[Symbol.asyncDispose]().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }
}

function namesOf({ channels }: Remote): string {
  return channels.map(({ name }) => name).join(", ");
}

/** A channel that names who may act; none where its secrets are locked. */
function remoteOf({ name, kind, settings }: Channel): RemoteChannel[] {
  if (kind.kind !== telegram.kind) return [];
  const parsed = telegram.settings.safeParse(settings);
  return parsed.success && telegram.acts?.(parsed.data) === true ? [{ name, settings: parsed.data }] : [];
}
