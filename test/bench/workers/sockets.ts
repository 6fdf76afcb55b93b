import { connect, type Socket } from "bun";
import { answerQuestions, wallMs } from "../worker";

export type SocketsCommand =
  /** Opens so many WebSockets on raw connections. */
  | { readonly open: number; readonly port: number; readonly path: string }
  /** From here on one event is awaited at every socket of the port. */
  | { readonly port: number; readonly expect: "an event" }
  /** Answers when the last of them got it. */
  | { readonly port: number; readonly withinMs: number };

/** All sockets to one port. */
interface Crowd {
  /** How often an event was awaited. */
  round: number;
  /** Sockets it did not reach yet. */
  left: number;
  readonly size: number;
  complete: PromiseWithResolvers<number>;
}

const crowds = new Map<number, Crowd>();

interface Client {
  opened: boolean;
  /** The last round it got something in. */
  round: number;
}

/** Parses nothing, so that the client does not set the pace: a small frame comes in one piece. */
answerQuestions<SocketsCommand>(async (asked) => {
  if ("open" in asked) {
    const opened: Crowd = { round: 0, left: 0, size: asked.open, complete: Promise.withResolvers() };
    crowds.set(asked.port, opened);
    // One after the other: a thousand at once overflow the backlog of a listening socket.
    for (let index = 0; index < asked.open; index++) await open(asked.port, asked.path, opened);
    return {};
  }
  const crowd = crowds.get(asked.port);
  if (!crowd) throw new Error(`no sockets to ${asked.port}`);
  if ("expect" in asked) {
    crowd.round++;
    crowd.left = crowd.size;
    crowd.complete = Promise.withResolvers();
    return {};
  }
  const lastAt = await Promise.race([crowd.complete.promise, Bun.sleep(asked.withinMs).then(() => null)]);
  if (lastAt === null)
    throw new Error(`${crowd.left} of ${crowd.size} sockets got nothing within ${asked.withinMs} ms`);
  return { lastAt };
});

function open(port: number, path: string, crowd: Crowd): Promise<Socket<Client>> {
  const request =
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: ` +
    "Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
  return new Promise((resolve, reject) => {
    connect<Client>({
      hostname: "127.0.0.1",
      port,
      data: { opened: false, round: 0 },
      socket: {
        open: (socket) => void socket.write(request),
        data(socket, chunk) {
          if (!socket.data.opened) {
            socket.data.opened = true;
            if (chunk.toString("latin1", 0, 12) === "HTTP/1.1 101") resolve(socket);
            else reject(new Error(`no WebSocket: ${chunk.toString("latin1", 0, 80)}`));
            return;
          }
          if (socket.data.round === crowd.round) return;
          socket.data.round = crowd.round;
          crowd.left--;
          if (crowd.left === 0) crowd.complete.resolve(wallMs());
        },
        close: () => reject(new Error("the server closed a socket")),
      },
    }).catch(reject);
  });
}
