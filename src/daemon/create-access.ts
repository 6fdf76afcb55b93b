import { ProxyMistakes } from "../api/border/proxy-mistakes";
import { linkUrl } from "../auth/links";
import { Sealer } from "../auth/sealing";
import { ChannelDirectory } from "../channels/directory";
import { routingReader } from "../channels/routing";
import { missingChannel } from "../config/routes";
import { AccessStore } from "../store/access";
import { accessFor } from "./access";
import { keepAudit } from "./audit";
import type { DaemonParts } from "./parts";
import { StartError } from "./start-error";

type Access = Pick<
  DaemonParts,
  "accounts" | "sealer" | "channels" | "audit" | "authServices" | "publicUrl" | "createLink" | "mistakes"
>;

/**
 * Who may do what, and by which address people come. Throws StartError where the secret for tokens cannot be used, or a
 * route names a channel that is not there.
 */
export function createAccess(
  parts: Pick<DaemonParts, "started" | "url" | "database" | "settings" | "hub" | "log" | "now">,
): Access {
  const { started, url, database, settings, hub, log, now } = parts;
  const sealer = new Sealer(started.data);
  const audit = keepAudit(database, log);
  const config = () => settings.config;
  const authServices = accessFor({ config, database, now, audit, sealer, log, ended: () => hub.closeUnwelcome() });
  // What the config file says of it by now: an address is for whoever asks next.
  const publicUrl = () => settings.config.publicUrl ?? `${url}${settings.config.basePath}`;
  const routing = routingReader(database, () => settings.config);
  const channels = new ChannelDirectory(
    { database, sealer, now, routes: () => routing().routes ?? [] },
    started.channels,
  );
  const missing = missingChannel(started.file.routes ?? [], channels.namesUnder(started.channels));
  if (missing !== null) throw new StartError(`config: ${missing}`);
  return {
    accounts: new AccessStore(database),
    sealer,
    channels,
    audit,
    authServices,
    publicUrl,
    createLink: () => linkUrl(publicUrl(), authServices.links.create()),
    mistakes: new ProxyMistakes({ now, onMistake: (message) => log.warn(message) }),
  };
}
