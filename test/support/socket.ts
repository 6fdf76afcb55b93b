import { serverFrame, type ClientFrame, type FrameOf, type FrameType, type ServerFrame } from "../../src/views/frames";
import { until } from "./daemon";

/** A frame as a client takes it in; batches are taken apart. */
export type Frame = Exclude<ServerFrame, { readonly type: "events" }>;

/** How far a client is: it resumes from here. */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** A client that takes everything in and keeps its place, as the page does. */
export interface Listener {
  readonly frames: Frame[];
  /** The types of the frames as they came, batches too. */
  readonly types: ReadonlySet<FrameType>;
  /** What is wrong with frames as they came, held strictly against their schema. */
  readonly faults: string[];
  readonly socket: WebSocket;
  /** Resolves with the code it was closed with. */
  readonly closed: Promise<number>;
  readonly cursor: Cursor;
  /** Text is sent as it is. */
  send(frame: ClientFrame | string): void;
  /** Waits for a frame of this type, counting from the first one. */
  receive<T extends Frame["type"]>(type: T, which?: number): Promise<FrameOf<T>>;
  close(): void;
  /** Falls away without a word, as a broken line does. */
  fall(): void;
}

/** Connects, and with a cursor resumes from it. Resolves after the first snapshot. */
export async function listenTo(
  url: string,
  from: Cursor | null = null,
  headers: Record<string, string> = {},
): Promise<Listener> {
  // Bun takes headers here; the browser types know only protocols.
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/dashboard/ws`, { headers } as unknown as string[]);
  const frames: Frame[] = [];
  const types = new Set<FrameType>();
  const faults: string[] = [];
  const place: { epoch: string; seq: number } = { epoch: from?.epoch ?? "", seq: from?.seq ?? 0 };
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
  socket.addEventListener("message", ({ data }) => {
    const sent = JSON.parse(String(data)) as ServerFrame;
    types.add(sent.type);
    faults.push(...faultsOf(sent));
    for (const frame of sent.type === "events" ? sent.items : [sent]) {
      frames.push(frame);
      // Its place is the last event it received; greeted without having been here before, it begins at the greeting.
      if (frame.type === "hello" && from === null) Object.assign(place, { epoch: frame.epoch, seq: frame.seq });
      else if (frame.type === "resync") Object.assign(place, { epoch: frame.epoch, seq: frame.seq });
      else if (frame.type !== "hello" && "seq" in frame && frame.seq !== undefined) place.seq = frame.seq;
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error("the socket was refused")));
  });
  const listener: Listener = {
    frames,
    types,
    faults,
    socket,
    closed,
    get cursor() {
      return { ...place };
    },
    send: (frame) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    receive: (type, which = 0) => until(`the frame ${type}`, () => framesOf(frames, type)[which]),
    close: () => socket.close(),
    fall: () => (socket as WebSocket & { terminate(): void }).terminate(),
  };
  if (from) listener.send({ type: "resume", ...from });
  await listener.receive("dashboard_update");
  return listener;
}

/** Those of one type. */
export function framesOf<T extends Frame["type"]>(frames: readonly Frame[], type: T): FrameOf<T>[] {
  return frames.filter((frame): frame is FrameOf<T> & Frame => frame.type === type);
}

function faultsOf(frame: ServerFrame): string[] {
  const parsed = serverFrame.safeParse(frame);
  if (!parsed.success) return [`${frame.type}: ${parsed.error.message}`];
  return Bun.deepEquals(parsed.data, frame, true) ? [] : [`${frame.type}: fields its schema does not know`];
}
