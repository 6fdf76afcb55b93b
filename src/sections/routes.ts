import { Problem } from "../api/problems";
import { routeRoutes } from "../api/routes/routes";
import { assertThere, putRoutes, RoutesRefused, routingReader, type HeldRouting } from "../channels/routing";
import { routesSchema, writtenRoute } from "../config/routes";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { previewRouting } from "../replay/route-preview";
import type { RoutesShape } from "../views/routes";

/** Which alerts go to whom, and when: seen, set and tried on the past. */
export function routesSection(parts: DaemonParts): Section {
  const { database, settings, channels, writer, now } = parts;
  const routing = routingReader(database, () => settings.config);
  const there = () => ({
    channels: channels.channels.map(({ name }) => name),
    calendars: Object.keys(routing().calendars),
  });
  return {
    name: "routes",
    routes: routeRoutes({
      asked: routesSchema,
      list: () => shapeRoutes(routing()),
      async put(routes, by) {
        await inProblems(() => putRoutes({ database, writer, now, ...there() }, routes, by));
        return shapeRoutes(routing());
      },
      preview(asked) {
        const { routes, calendars } = routing();
        if (asked !== null) checked(() => assertThere(asked, there()));
        return previewRouting(database, channels.targets, { routes: asked ?? routes, calendars }, now());
      },
    }),
  };
}

function shapeRoutes({ routes, origin }: HeldRouting): RoutesShape {
  const items = (routes ?? []).map(writtenRoute) as RoutesShape["items"];
  return { items, next_cursor: null, origin };
}

async function inProblems<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw problemOf(error);
  }
}

function checked(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw problemOf(error);
  }
}

function problemOf(error: unknown): unknown {
  if (!(error instanceof RoutesRefused)) return error;
  return error.code === "validation"
    ? new Problem("validation", undefined, [{ path: "routes", message: error.message }])
    : new Problem("not-stored", error.message);
}
