import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** One request as it came over the wire. */
export interface Received {
  readonly method: string;
  readonly path: string;
  /** Names in lower case; what was sent twice is joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `hang` never answers, `reset` cuts the connection, `endless` answers 200 without end, `cut` ends within its answer. */
export type Step = Reply | "hang" | "reset" | "endless" | "cut" | ((request: Received) => Reply);

/** A provider's server that answers as it is told to, one step a request; the last step is repeated. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** How many connections were made. */
  readonly connections: number;
  script(...steps: readonly Step[]): void;
}

const certificates = join(import.meta.dir, "../fixtures/tls");

/** `tls`: with a certificate that is signed by itself. */
export async function startScriptedServer({ tls = false } = {}): Promise<ScriptedServer> {
  const received: Received[] = [];
  let steps: readonly Step[] = [{ status: 200 }];
  let connections = 0;
  const listener: RequestListener = (message, response) => {
    void (async () => {
      const request = await read(message);
      const step = steps[Math.min(received.length, steps.length - 1)] ?? "hang";
      received.push(request);
      play(step, request, message, response);
    })();
  };
  const server = tls
    ? createTlsServer({ cert: pem("one-cert"), key: pem("one-key") }, listener)
    : createServer(listener);
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    received,
    get connections() {
      return connections;
    },
    script(...next) {
      steps = [...Array<Step>(received.length).fill("hang"), ...next];
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function pem(name: string): string {
  return readFileSync(join(certificates, `${name}.pem`), "utf8");
}

async function read(message: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const headers = Object.entries(message.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]);
  return {
    method: message.method ?? "",
    path: message.url ?? "",
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks).toString(),
  };
}

function play(step: Step, request: Received, message: IncomingMessage, response: ServerResponse): void {
  if (step === "hang") return;
  if (step === "reset") return void message.socket.destroy();
  if (step === "cut") {
    response.writeHead(200, { "content-length": "100" });
    response.write("{");
    setTimeout(() => message.socket.destroy(), 10);
    return;
  }
  if (step === "endless") {
    response.writeHead(200);
    const timer = setInterval(() => response.write("x".repeat(16_384)), 1);
    response.on("close", () => clearInterval(timer));
    return;
  }
  const reply = typeof step === "function" ? step(request) : step;
  response.writeHead(reply.status, { ...reply.headers });
  response.end(reply.body ?? "");
}
