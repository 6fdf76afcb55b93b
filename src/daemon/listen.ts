import type { Server, WebSocketHandler } from "bun";
import { createBorder, type Border } from "../api/border/border";
import { bracketed } from "../api/hosts";
import type { Config } from "../config";
import { tlsOptions, type Certificate } from "./certificate";
import { StartError } from "./start-error";

export interface Serving<S> {
  readonly front: (request: Request, server: Server<S>) => Response | Promise<Response | undefined> | undefined;
  readonly websocket: WebSocketHandler<S>;
}

/** Bun refuses more without a word that says why; what the API takes is less, and it says so. */
const bodyBytesMax = 16 * 1024 * 1024;

/** Who sends nothing for so long, headers or body, is let go; one byte now and then does not count as sending. */
const silentSecondsMax = 10;

/** Binds the port. Throws StartError where it is taken. */
export function listen<S>(
  config: Pick<Config, "host" | "port">,
  { front, websocket }: Serving<S>,
  certificate: Certificate | null,
  silentMaxSeconds = silentSecondsMax,
): Server<S> {
  try {
    return Bun.serve<S>({
      hostname: config.host,
      port: config.port,
      maxRequestBodySize: bodyBytesMax,
      idleTimeout: silentMaxSeconds,
      // An unforeseen failure shows no stack.
      development: false,
      // Outside development Bun would share the port with whoever has it.
      reusePort: false,
      fetch: front,
      websocket,
      ...(certificate && { tls: tlsOptions(certificate) }),
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EADDRINUSE")
      throw new StartError(
        `port ${config.port} on ${config.host} is taken: stop who has it, or choose another with --port (0 picks a free one)`,
      );
    throw new StartError(
      `cannot listen on ${config.host}:${config.port}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export function borderOf(config: Config): Border {
  return createBorder({ ...config, tls: config.tls !== null });
}

/** Where it listens, without the base path. */
export function urlOf(server: Server<unknown>, { tls }: Pick<Config, "tls">): string {
  return `${tls === null ? "http" : "https"}://${bracketed(server.hostname ?? "127.0.0.1")}:${server.port}`;
}
