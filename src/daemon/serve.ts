import type { SocketData } from "../stream/socket";
import type { Certificate } from "./certificate";
import type { Claims } from "./claims";
import type { DaemonDeps } from "./daemon-deps";
import { warnOfExposure } from "./exposure";
import { listen } from "./listen";
import type { DaemonParts } from "./parts";
import { CertificateRenewal } from "./tls";
import { createWeb } from "./web";

/**
 * Answers on what was claimed from now on: the page and the API on the port, the machine's owner on the control socket.
 * Returns what follows the certificate.
 */
export function serve(
  parts: DaemonParts,
  given: {
    readonly claims: Claims<SocketData>;
    readonly certificate: Certificate | null;
    readonly ousted: DaemonDeps["ousted"];
  },
  stack: AsyncDisposableStack,
): CertificateRenewal {
  const { hub, log, now, started } = parts;
  const { claims, certificate, ousted } = given;
  const { front, control } = createWeb(parts);
  const serving = { front, websocket: hub.handler };
  let { server } = claims;
  server.reload({ fetch: serving.front, websocket: serving.websocket });
  stack.defer(() => server.stop(true));
  // Let go of before the server: its sockets are closed as going away, not cut.
  stack.use(hub);
  hub.attach(server);
  const renewal = stack.use(
    new CertificateRenewal(started, certificate, {
      log,
      now,
      changed(fresh) {
        // What is under way is finished by the old one; sockets come back and are sent what they missed.
        const { port = started.port } = server;
        void server.stop();
        server = listen({ host: started.host, port }, serving, fresh);
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
  stack.use(warnOfExposure(started, log));
  claims.control.answerWith(control);
  stack.use(claims.control);
  return renewal;
}
