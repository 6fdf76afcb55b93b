import type { DaemonParts } from "../../daemon/parts";
import type { Outgoing } from "../../notify/channels/channel";

/** Where something is seen on the page: from this machine, and from elsewhere where an address for that is set. */
export function linksTo(
  { publicUrl, settings }: Pick<DaemonParts, "publicUrl" | "settings">,
  path: string,
): Pick<Outgoing, "link" | "publicLink"> {
  const link = `${publicUrl()}${path}`;
  return { link, publicLink: settings.config.publicUrl === null ? null : link };
}
