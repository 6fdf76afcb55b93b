import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { headersOf } from "./mime";
import type { Received, Reply, ScriptedServer, Step } from "./scripted-server";

export const mailLogin = { user: "desk@example.org", pass: "p4ssw0rd-of-the-desk" };

const certificates = join(import.meta.dir, "../fixtures/tls");
const pem = (name: string) => readFileSync(join(certificates, `${name}.pem`), "utf8");
/** What its certificate is trusted by. */
export const mailCertificate = pem("one-cert");

export interface MailServerOptions {
  /** TLS from the first byte. */
  readonly tls?: boolean;
  readonly startTls?: boolean;
  /** What it replies for one recipient, whatever its script says. */
  readonly recipients?: ReadonlyMap<string, number>;
}

/** A reply that is given in sign-in, or of a recipient; any other at the end of the letter. */
const stages: Readonly<Record<number, "auth" | "recipient" | undefined>> = {
  454: "auth",
  534: "auth",
  535: "auth",
  450: "recipient",
  451: "recipient",
  550: "recipient",
};

function replyOf({ status, body = "as it says" }: Reply): Error {
  return Object.assign(new Error(body), { responseCode: status });
}

/** A mail server that replies as it is told to, one step a connection; the last step is repeated. */
export async function startMailServer({ tls = false, startTls = false, recipients }: MailServerOptions = {}): Promise<
  ScriptedServer & { readonly secure: readonly boolean[] }
> {
  const received: Received[] = [];
  const secure: boolean[] = [];
  const sockets = new Map<number | undefined, Socket>();
  const stepOf = new Map<string, Step>();
  let steps: readonly Step[] = [{ status: 250 }];
  let connections = 0;

  const refusalAt = (session: SMTPServerSession, stage: "auth" | "recipient"): Error | null => {
    const step = stepOf.get(session.id);
    const isHere = typeof step === "object" && stages[step.status] === stage;
    return isHere ? replyOf(step) : null;
  };
  const server = new SMTPServer({
    secure: tls,
    ...((tls || startTls) && { cert: mailCertificate, key: pem("one-key") }),
    hideSTARTTLS: !startTls,
    disabledCommands: startTls ? [] : ["STARTTLS"],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onConnect(session, done) {
      stepOf.set(session.id, steps[Math.min(connections, steps.length - 1)] ?? "hang");
      connections++;
      done();
    },
    onAuth({ username, password }, session, done) {
      const isKnown = username === mailLogin.user && password === mailLogin.pass;
      done(refusalAt(session, "auth") ?? (isKnown ? null : replyOf({ status: 535 })), { user: username ?? "" });
    },
    onRcptTo({ address }, session, done) {
      const code = recipients?.get(address);
      done(code === undefined ? refusalAt(session, "recipient") : replyOf({ status: code }));
    },
    onData(stream, session, done) {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks).toString();
        const to = session.envelope.rcptTo.map(({ address }) => address).join(", ");
        const request = { method: "DATA", path: to, headers: headersOf(body), body };
        received.push(request);
        secure.push(session.secure);
        const step = stepOf.get(session.id) ?? "hang";
        if (step === "reset") return void setImmediate(() => sockets.get(session.remotePort)?.destroy());
        if (typeof step === "string") return;
        const reply = typeof step === "function" ? step(request) : step;
        done(reply.status < 400 ? null : replyOf(reply));
      })();
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => void sockets.set(socket.remotePort, socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  return {
    url: `${tls ? "smtps" : "smtp"}://127.0.0.1:${port}`,
    received,
    secure,
    get connections() {
      return connections;
    },
    script(...next) {
      steps = [...Array<Step>(connections).fill("hang"), ...next];
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}
