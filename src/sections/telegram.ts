import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { Remotes } from "./telegram/remotes";

/** Alerts are acted on and asked about from the chats of Telegram whose channels name who may. */
export function telegramSection(parts: DaemonParts): Section {
  const { channels } = parts;
  const remotes = new Remotes(parts);
  return {
    name: "telegram",
    health: () => remotes.health(),
    start() {
      channels.connect({ follow: (all) => remotes.follow(all) });
      remotes.follow(channels.channels);
      return remotes;
    },
  };
}
