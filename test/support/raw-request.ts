import { connect } from "node:net";

/** What came back on a connection of its own, as it was sent; nothing where it was closed without a word. */
export interface RawAnswer {
  readonly text: string;
  /** The first answer's; null where there was none. */
  readonly status: number | null;
}

/**
 * Sends exactly these bytes, which no client would, and gathers what comes until the connection is closed or, where it is kept
 * open, has been silent for a while. `drip` is sent again and again meanwhile.
 */
export function sendRaw(
  url: string,
  bytes: string,
  {
    silentMs = 1500,
    drip,
  }: { readonly silentMs?: number; readonly drip?: { readonly text: string; readonly everyMs: number } } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = "";
    let timer: ReturnType<typeof setTimeout> | null = null;
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(bytes, "latin1");
      wait();
    });
    const dripping = drip && setInterval(() => socket.write(drip.text), drip.everyMs);
    const done = () => {
      if (timer) clearTimeout(timer);
      clearInterval(dripping);
      socket.destroy();
      resolve({ text, status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? Number.NaN) || null });
    };
    const wait = () => {
      if (timer) clearTimeout(timer);
      timer = setTimeout(done, silentMs);
    };
    socket.on("data", (data) => {
      text += data.toString("latin1");
      wait();
    });
    socket.on("close", done);
    // Cut off while we still spoke: what came before it is the answer.
    socket.on("error", done);
  });
}
