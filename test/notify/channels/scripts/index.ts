import { discordScript } from "./discord";
import { emailScript } from "./email";
import { ntfyScript } from "./ntfy";
import type { ChannelScript } from "./script";
import { slackScript } from "./slack";
import { telegramScript } from "./telegram";
import { webhookScript } from "./webhook";

/** A kind of channel without a script fails the contract suite. */
export const channelScripts: readonly ChannelScript[] = [
  webhookScript,
  ntfyScript,
  discordScript,
  slackScript,
  telegramScript,
  emailScript,
];
