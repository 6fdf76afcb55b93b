import type { Config } from "../config";
import { missingCalendar, missingChannel, routesSchema, writtenRoute, type RouteFile } from "../config/routes";
import type { Route, Routing } from "../core/notify/route";
import type { By } from "../settings";
import type { Database } from "../store/db";
import { storedJson } from "../store/fault";
import { storedRoutes, storedRoutesKey } from "../store/routes";
import type { Writer } from "../writer";

/** The routes that hold, and whose word they are. */
export interface HeldRouting extends Routing {
  readonly origin: "runtime" | "config" | "default";
}

/** Why routes cannot hold. */
export class RoutesRefused extends Error {
  override readonly name = "RoutesRefused";
  constructor(
    readonly code: "validation" | "not-stored",
    message: string,
  ) {
    super(message);
  }
}

/** Reads what holds by now: what was set at run time, else the config's, else none. */
export function routingReader(database: Database, config: () => Config): () => HeldRouting {
  let kept: { readonly text: string; readonly routes: readonly Route[] } | null = null;
  return () => {
    const { routes, calendars = {} } = config().file;
    const text = storedRoutes(database);
    if (text !== null && kept?.text !== text) kept = { text, routes: storedJson(text, routesSchema) };
    if (text !== null && kept !== null) return { routes: kept.routes, calendars, origin: "runtime" };
    return { routes: routes ?? null, calendars, origin: routes === undefined ? "default" : "config" };
  };
}

/** Null: the config's word holds again. Throws RoutesRefused. */
export async function putRoutes(
  {
    database,
    writer,
    now,
    ...there
  }: {
    readonly database: Database;
    readonly writer: Writer;
    readonly now: () => number;
    readonly channels: readonly string[];
    readonly calendars: readonly string[];
  },
  routes: readonly Route[] | null,
  by: By,
): Promise<void> {
  assertThere(routes ?? [], there);
  const before = storedRoutes(database);
  const after = routes?.map(writtenRoute) ?? null;
  const stored = await writer.submit({
    mark(store) {
      store.remember(storedRoutesKey, after === null ? "" : JSON.stringify(after));
      store.audit({
        at: now(),
        ...by,
        what: "routes.changed",
        subject: null,
        before: { routes: before === null ? null : (JSON.parse(before) as RouteFile[]) },
        after: { routes: after },
      });
    },
  });
  if (!stored) throw new RoutesRefused("not-stored", writer.trouble ?? "the store does not take it");
}

/** Throws RoutesRefused where what they name is not there. */
export function assertThere(
  routes: readonly Route[],
  { channels, calendars }: { readonly channels: readonly string[]; readonly calendars: readonly string[] },
): void {
  const missing = missingChannel(routes, channels) ?? missingCalendar(routes, calendars);
  if (missing !== null) throw new RoutesRefused("validation", missing);
}
