import { discord } from "./discord";
import { email } from "./email";
import { ntfy } from "./ntfy";
import { slack } from "./slack";
import { telegram } from "./telegram";
import { webhook } from "./webhook";

/** Every kind of channel there is; adding one is one file and one line here. */
export const channelKinds = [webhook, ntfy, discord, slack, telegram, email] as const;
