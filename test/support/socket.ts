import type { AlertShape, OverviewShape, SignalShape } from "../../src/views/shapes";
import { until } from "./daemon";

/** A frame as a client hears it; batches are taken apart. */
export interface Frame {
  readonly type: string;
  readonly seq?: number;
  readonly epoch?: string;
  readonly timestamp: string;
  readonly code?: string;
  readonly topics?: readonly string[];
  readonly alert?: AlertShape;
  readonly signal?: SignalShape;
  readonly data?: OverviewShape;
  readonly fault?: string | null;
  readonly counts?: Readonly<Record<string, number>>;
  readonly config?: object;
  readonly items?: readonly Frame[];
  readonly heartbeat_seconds?: number;
  readonly version?: string;
}

/** Where a client stands: it resumes from here. */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** A client that hears everything and keeps its place, as the page does. */
export interface Listener {
  readonly frames: Frame[];
  readonly socket: WebSocket;
  /** Resolves with the code it was closed with. */
  readonly closed: Promise<number>;
  readonly cursor: Cursor;
  say(frame: unknown): void;
  /** Waits for a frame of this type, counting from the first one heard. */
  receive(type: string, which?: number): Promise<Frame>;
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
  const place: { epoch: string; seq: number } = { epoch: from?.epoch ?? "", seq: from?.seq ?? 0 };
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
  socket.addEventListener("message", ({ data }) => {
    const said = JSON.parse(String(data)) as Frame;
    for (const frame of said.type === "events" ? (said.items ?? []) : [said]) {
      frames.push(frame);
      // Its place is the last event it heard; greeted without having been here before, it begins at the greeting.
      if (frame.type === "hello" && from === null) Object.assign(place, { epoch: frame.epoch, seq: frame.seq });
      else if (frame.type === "resync") Object.assign(place, { epoch: frame.epoch, seq: frame.seq });
      else if (frame.type !== "hello" && frame.seq !== undefined) place.seq = frame.seq;
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error("the socket was refused")));
  });
  const listener: Listener = {
    frames,
    socket,
    closed,
    get cursor() {
      return { ...place };
    },
    say: (frame) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    receive: (type, which = 0) =>
      until(`the frame ${type}`, () => frames.filter((frame) => frame.type === type)[which]),
    close: () => socket.close(),
    fall: () => (socket as WebSocket & { terminate(): void }).terminate(),
  };
  if (from) listener.say({ type: "resume", ...from });
  await listener.receive("dashboard_update");
  return listener;
}
