import { dataFolder } from "../../config/environment";
import { Rest } from "./rest";

/** The slowest scan may take five minutes. */
export const scanWithinMs = 6 * 60_000;

/**
 * The daemon behind an address where one is given, else the one that runs on the data folder; null where none runs there.
 * Throws Unreachable where it does not answer.
 */
export async function daemonFor(options: { readonly data?: string; readonly url?: string }): Promise<Rest | null> {
  if (options.url === undefined) return await daemonOn(dataFolder(options.data));
  const { UrlConnection } = await import("./url-connection");
  return new Rest(new UrlConnection(options.url));
}

/** The daemon that runs on this data folder; null where none does. Throws Unreachable where it does not answer. */
export async function daemonOn(data: string): Promise<Rest | null> {
  const { SocketConnection } = await import("./socket-connection");
  const connection = new SocketConnection(data);
  return (await connection.isOpen()) ? new Rest(connection) : null;
}
