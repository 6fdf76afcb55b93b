import { createApp } from "../api/app";
import { createAssets } from "../api/assets";
import { createControlFront } from "../api/control-front";
import { createFront } from "../api/front";
import { forwardingHeaderOf } from "../api/border/proxy-advice";
import { limitsOf } from "../api/route-table";
import { isLoopback } from "../api/hosts";
import { Problem, problemResponse } from "../api/problems";
import { topicsFor } from "../auth/permissions";
import type { Config } from "../config";
import { programName } from "../config/environment";
import type { SocketData } from "../stream/socket";
import type { Metrics } from "../telemetry/metrics";
import { noteDamage } from "./damage";
import { isTimeframe } from "../views/prepared";
import { version } from "../version";
import { borderOf } from "./listen";
import type { DaemonParts } from "./parts";
import { routesOf } from "./section";

/** Everything the web is answered by: hot answers first, then the routes and the page; and the same routes for the control socket. */
export function createWeb(parts: DaemonParts) {
  const { metrics, settings, hub, elapsed, prepared, log, authServices, mistakes } = parts;
  const { access } = authServices;
  const answered = (method: string, route: string, status: number, seconds: number) => {
    metrics.httpRequests.inc({ method, route, status: String(status) });
    metrics.httpSeconds.observe(seconds, { method, route });
    parts.answers.answered(status, seconds);
  };
  const ownClock = parts.now === parts.wallClock ? null : parts.now;
  const basePath = () => settings.config.basePath;
  const routes = routesOf(parts.sections);
  const app = createApp(
    {
      version,
      assets: createAssets({ version, program: programName(), demo: parts.demo }),
      basePath,
      storeFaultOf: (error) => noteDamage(parts.writer, error),
      failed: (error) => log.error({ err: error }, "a request failed"),
      answered,
    },
    routes,
  );
  const owners = new Set(routes.filter(({ need }) => need === "owner").map(({ path }) => path));
  countFromTheStart(
    metrics,
    app.routes.filter(({ path }) => !owners.has(path)),
  );
  let guarded = settings.config;
  let border = borderOf(guarded);
  const front = createFront<SocketData>({
    border: () => {
      if (guarded === settings.config) return border;
      // The config file was edited: who asked too often before, still did.
      const limits =
        JSON.stringify(guarded.rateLimits) === JSON.stringify(settings.config.rateLimits) ? border.limits : null;
      if (borderChanged(guarded, settings.config)) mistakes.forget();
      guarded = settings.config;
      border = { ...borderOf(guarded), ...(limits && { limits }) };
      return border;
    },
    access,
    limitOf: limitsOf(routes),
    withoutSignIn: !authServices.required,
    mistakes,
    openMetrics: (request, address) =>
      settings.config.proxies.length === 0 && isLoopback(address) && forwardingHeaderOf(request.headers) === null,
    upgrade: (request, server, share, principal) =>
      hub.upgrade(request, server, {
        address: share,
        topicsAllowed: topicsFor(principal.permissions),
        mayStay: () => access.holds(principal),
      }),
    prepared: (timeframe) => {
      if (!isTimeframe(timeframe)) return null;
      const bytes = prepared.get(timeframe);
      metrics.cache.inc({ cache: "overview", outcome: bytes.outcome });
      parts.answers.prepared(bytes.outcome);
      return bytes;
    },
    app: (request, caller) => app.fetch(request, caller),
    answered,
    unavailable(error) {
      const fault = noteDamage(parts.writer, error);
      if (fault === null) log.error({ err: error }, "the caller could not be identified");
      return problemResponse(new Problem(fault === null ? "internal" : "unavailable", fault ?? undefined));
    },
    elapsed,
    ownClock,
    demo: parts.demo,
  });
  return { front, control: createControlFront((request, caller) => app.fetch(request, caller), version, ownClock) };
}

/** Whether what was wrong before may be mended. */
function borderChanged(before: Config, after: Config): boolean {
  return JSON.stringify(before.serverSettings) !== JSON.stringify(after.serverSettings);
}

/** Each route's first success and first failure are counted from 0 on. */
function countFromTheStart(
  metrics: Metrics,
  routes: readonly { readonly method: string; readonly path: string }[],
): void {
  for (const { method, path: route } of routes) {
    if (method === "ALL") continue;
    metrics.httpSeconds.stand({ method, route });
    for (const status of ["200", "500"]) metrics.httpRequests.inc({ method, route, status }, 0);
  }
}
