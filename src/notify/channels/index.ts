import { ntfy } from "./ntfy";
import { webhook } from "./webhook";

/** Every kind of channel there is; adding one is one file and one line here. */
export const channelKinds = [webhook, ntfy] as const;
