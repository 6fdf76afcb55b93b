import type { SocketData } from "../stream/socket";
import { ProxyMistakes } from "../api/border/proxy-mistakes";
import { linkUrl } from "../auth/links";
import type { Config } from "../config";
import type { Certificate } from "./certificate";
import type { Claims } from "./claims";
import type { DaemonDeps } from "./daemon-deps";
import { warnOfExposure } from "./exposure";
import { listen, urlOf } from "./listen";
import { ownerApiOf } from "./owner-api";
import type { DaemonParts } from "./parts";
import { CertificateRenewal } from "./tls";
import { createWeb } from "./web";

/** What answers, and where. */
export interface Served {
  /** Where it listens: http://host:port */
  readonly url: string;
  /** Where people find its page. */
  readonly publicUrl: () => string;
  /** A one-time link for the machine's owner. */
  readonly createLink: () => string;
  readonly renewal: CertificateRenewal;
}

/** Answers on what was claimed from now on: the page and the API on the port, the machine's owner on the control socket. */
export function serve(
  parts: DaemonParts,
  started: {
    readonly config: Config;
    readonly claims: Claims<SocketData>;
    readonly certificate: Certificate | null;
    readonly ousted: DaemonDeps["ousted"];
  },
  stack: AsyncDisposableStack,
): Served {
  const { hub, log, now, settings, authServices, audit } = parts;
  const { config, claims, certificate, ousted } = started;
  const mistakes = new ProxyMistakes({ now, onMistake: (message) => log.warn(message) });
  let { server } = claims;
  const url = urlOf(server, config);
  // What the config file says of it by now: an address is for whoever asks next.
  const publicUrl = () => settings.config.publicUrl ?? `${url}${settings.config.basePath}`;
  const createLink = () => linkUrl(publicUrl(), authServices.links.create());
  const owner = ownerApiOf(parts, { url, audit, createLink, mistakes, started: config });
  const { front, control } = createWeb(parts, mistakes, owner);
  const serving = { front, websocket: hub.handler };
  server.reload({ fetch: serving.front, websocket: serving.websocket });
  stack.defer(() => server.stop(true));
  // Let go of before the server: its sockets are told that it goes, not cut.
  stack.use(hub);
  hub.attach(server);
  const renewal = stack.use(
    new CertificateRenewal(config, certificate, {
      log,
      now,
      changed(fresh) {
        // What is under way is finished by the old one; sockets come back and are sent what they missed.
        const { port = config.port } = server;
        void server.stop();
        server = listen({ host: config.host, port }, serving, fresh);
        hub.moveTo(server);
      },
      lost: (why) => {
        log.error(`with the new certificate nothing can be served, and it stops: ${why.message}`);
        // Where nothing else stops it, it ends the process.
        if (ousted === undefined) throw why;
        ousted(why);
      },
      served: (span) => parts.writer.consider({ kind: "certificate-read", receivedAt: now(), certificate: span }),
    }),
  );
  stack.use(warnOfExposure(config, log));
  claims.control.answerWith(control);
  stack.use(claims.control);
  return { url, publicUrl, createLink, renewal };
}
