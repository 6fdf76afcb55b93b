import type { Server } from "bun";
import { Problem, problemResponse } from "../api/problems";
import type { Config } from "../config";
import { takeDaemonLock, type WriterLock } from "../store/writer-lock";
import type { Certificate } from "./certificate";
import { clearDeadSocket, ControlSocket } from "./control-socket";
import { listen, urlOf } from "./listen";

/** What only one daemon can have, taken before anything is made: the right to write, the control socket, the port. */
export interface Claims<S> extends AsyncDisposable {
  readonly lock: WriterLock;
  readonly control: ControlSocket;
  readonly server: Server<S>;
}

/**
 * Served by the certificate, where null by plain HTTP. Until the daemon takes over, every request is answered "starting".
 * Throws StartError and StoreError, and then nothing is left of it.
 */
export async function claim<S>(config: Config, certificate: Certificate | null): Promise<Claims<S>> {
  await using stack = new AsyncDisposableStack();
  const lock = stack.use(await takeDaemonLock(config.data, Date.now));
  await clearDeadSocket(config.data);
  const control = stack.use(new ControlSocket(config.data, starting));
  const server = listen<S>(config, { front: starting, websocket: { message: () => undefined } }, certificate);
  stack.defer(() => server.stop(true));
  lock.announce(urlOf(server, config));
  const held = stack.move();
  return { lock, control, server, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

function starting(request: Request): Response {
  if (new URL(request.url).pathname.endsWith("/healthz")) return Response.json({ status: "alive" });
  return problemResponse(new Problem("starting"));
}
