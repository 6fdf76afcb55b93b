import { routingReader } from "../../channels/routing";
import { writtenRoute } from "../../config/routes";
import { previewRouting } from "../../replay/route-preview";
import { openForReading } from "../../store/db";
import { routePreviewShape, routesShape, type RoutePreviewShape, type RoutesShape } from "../../views/routes";
import { configOrDefaults } from "../client/config-or-defaults";
import { daemonFor } from "../client/daemon";
import { targetsOf } from "../client/owed-without";
import type { RemoteOptions } from "../options";

/** A week may hold thousands of alerts. */
const withinMs = 30_000;

/** From the daemon where one runs, else from the config and the database. */
export async function readRoutes(options: RemoteOptions): Promise<RoutesShape> {
  const daemon = await daemonFor(options);
  if (daemon !== null) return await daemon.get("/api/routes", routesShape);
  const config = await configOrDefaults(options);
  using database = openForReading(config.data);
  const { routes, origin } = routingReader(database, () => config)();
  return { items: (routes ?? []).map(writtenRoute) as RoutesShape["items"], next_cursor: null, origin };
}

export async function previewOfRoutes(options: RemoteOptions): Promise<RoutePreviewShape> {
  const daemon = await daemonFor(options);
  if (daemon !== null) return await daemon.post("/api/routes/preview", {}, routePreviewShape, withinMs);
  const config = await configOrDefaults(options);
  using database = openForReading(config.data);
  const routing = routingReader(database, () => config)();
  return previewRouting(database, targetsOf(config, database), routing, Date.now());
}
