import { connect, type Socket } from "bun";
import { answerQuestions } from "../worker";

export interface LoadCommand {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly seconds: number;
  /** Further lines of the head: `Authorization: Bearer ...`. */
  readonly headers?: readonly string[];
}

export interface LoadAnswer {
  readonly requests: number;
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  /** CPU seconds this client used itself: near `seconds`, it and not the server sets the rate. */
  readonly cpuSeconds: number;
}

const endOfHead = Buffer.from("\r\n\r\n");
/** Every so many answers one is timed: more would only cost the client. */
const timeEach = 16;

interface Connection {
  sentAt: number;
  /** Bytes of the answer still to come; null while its head is awaited. */
  left: number | null;
  head: Buffer;
}

/** Keep-alive connections on raw sockets, each asking again as soon as it has its answer whole. */
answerQuestions<LoadCommand>(async ({ port, path, connections, seconds, headers = [] }) => {
  const request = Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${["Accept: */*", ...headers].join("\r\n")}\r\n\r\n`,
  );
  const latenciesMs: number[] = [];
  let requests = 0;
  let running = true;
  const ask = (socket: Socket<Connection>) => {
    socket.data.left = null;
    socket.data.sentAt = performance.now();
    socket.write(request);
  };
  const answered = (socket: Socket<Connection>) => {
    requests++;
    if (requests % timeEach === 0) latenciesMs.push(performance.now() - socket.data.sentAt);
    if (running) ask(socket);
  };
  const sockets = await Promise.all(
    Array.from({ length: connections }, () =>
      connect<Connection>({
        hostname: "127.0.0.1",
        port,
        data: { sentAt: 0, left: null, head: Buffer.alloc(0) },
        socket: {
          data(socket, chunk) {
            const { data } = socket;
            if (data.left === null) {
              data.head = data.head.length === 0 ? chunk : Buffer.concat([data.head, chunk]);
              const end = data.head.indexOf(endOfHead);
              if (end < 0) return;
              data.left = lengthIn(data.head, end) - (data.head.length - end - endOfHead.length);
              data.head = Buffer.alloc(0);
            } else data.left -= chunk.length;
            if (data.left === 0) answered(socket);
          },
        },
      }),
    ),
  );
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  for (const socket of sockets) ask(socket);
  await Bun.sleep(seconds * 1000);
  running = false;
  const took = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const answer: LoadAnswer = {
    requests,
    seconds: took,
    latenciesMs: [...latenciesMs],
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
  };
  await Bun.sleep(20);
  for (const socket of sockets) socket.end();
  return answer;
});

function lengthIn(head: Buffer, end: number): number {
  const text = head.toString("latin1", 0, end);
  if (!text.startsWith("HTTP/1.1 200")) throw new Error(`not the expected answer: ${text.split("\r\n")[0] ?? ""}`);
  return Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
}
