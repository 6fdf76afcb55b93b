import type { z } from "zod";
import type {
  DecisionDetail,
  ReceivedDetail,
  alertDetailShape,
  opportunityDetailShape,
  signalDetailShape,
} from "../../views/trace";
import type { FilterOf, ItemOf, ListName } from "../../views/queries";

/** All that is known of one thing, with its trace. */
export type Detail =
  | { readonly about: "signal"; readonly detail: z.infer<typeof signalDetailShape> }
  | { readonly about: "alert"; readonly detail: z.infer<typeof alertDetailShape> }
  | { readonly about: "received"; readonly detail: ReceivedDetail }
  | { readonly about: "decision"; readonly detail: DecisionDetail }
  | { readonly about: "opportunity"; readonly detail: z.infer<typeof opportunityDetailShape> };

export function found<A extends Detail["about"]>(
  about: A,
  detail: Extract<Detail, { about: A }>["detail"] | null,
): Detail | null {
  return detail === null ? null : ({ about, detail } as Detail);
}

/** A desk to be queried, the one on this disk or the one behind an address. */
export interface Client extends Disposable {
  /** At most `limit` items, in the list's own order. */
  list<N extends ListName>(name: N, filter: FilterOf<N>): Promise<readonly ItemOf<N>[]>;
  /** Null where there is no such thing. */
  detail(id: string): Promise<Detail | null>;
  /** Comes around whenever something may have changed, until `stop`. */
  changes(topic: "alerts" | "signals", stop: AbortSignal): AsyncIterable<void>;
}

/** The database of the data folder, or the daemon behind an address where one is given. */
export async function clientFrom(options: { readonly data?: string; readonly url?: string }): Promise<Client> {
  if (options.url !== undefined) return new (await import("./remote-client")).RemoteClient(options.url);
  const { DatabaseClient } = await import("./database-client");
  const { dataFolder } = await import("../../config/environment");
  return new DatabaseClient(dataFolder(options.data));
}
