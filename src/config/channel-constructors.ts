import type { ChannelFile, ChannelFileOf, Kinds } from "./channels";

/** A program of one's own: each delivery by itself, signed as Standard Webhooks say. */
export const webhook = constructorOf("webhook");
/** A topic of ntfy.sh, or of the server named. Whoever knows the topic of an open server reads it. */
export const ntfy = constructorOf("ntfy");
/** A webhook of a Discord channel: its address is the secret. */
export const discord = constructorOf("discord");
/** An incoming webhook of Slack: its address is the secret. */
export const slack = constructorOf("slack");
/** A bot's messages to one chat of Telegram. */
export const telegram = constructorOf("telegram");
/** Letters by a mail server: `smtp` is its address, smtps://name:password@host. */
export const email = constructorOf("email");

type Constructor<K extends Kinds["kind"]> = (
  channel: Omit<ChannelFileOf<K>, "kind" | "name"> & { name?: string },
) => ChannelFile;

/** What a config's author writes of a channel of this kind; without a name it is called as its kind is. */
function constructorOf<K extends Kinds["kind"]>(kind: K): Constructor<K> {
  const construct = (channel: { name?: string }): unknown => ({ ...channel, kind, name: channel.name ?? kind });
  return construct as Constructor<K>;
}
