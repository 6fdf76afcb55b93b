import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { owedOfFeedback } from "./telegram/owed-of-feedback";
import { Remotes } from "./telegram/remotes";

/** Alerts are acted on and asked about from the chats of Telegram whose channels name who may. */
export function telegramSection(parts: DaemonParts): Section {
  const { channels, storeWriter } = parts;
  const remotes = new Remotes(parts);
  return {
    name: "telegram",
    owed: (recorded) => owedOfFeedback(recorded, channels.channels, storeWriter),
    health: () => remotes.health(),
    start() {
      channels.connect({ follow: (all) => remotes.follow(all) });
      remotes.follow(channels.channels);
      return remotes;
    },
  };
}
