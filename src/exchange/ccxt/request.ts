import type { Client } from "./client";

/** One of the endpoints ccxt has by name, with ccxt's address, rate limit and errors; the answer as parsed JSON. */
export function request(
  client: Client,
  endpoint: string,
  parameters: Readonly<Record<string, string | number>>,
): Promise<unknown> {
  return (client as unknown as Record<string, (parameters: object) => Promise<unknown>>)[endpoint]!(parameters);
}
