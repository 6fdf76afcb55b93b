import { z } from "zod";
import { route, type Route } from "../route";
import { serviceDiscoveryShape, targetOf } from "../service-discovery";

export interface PrometheusDeps {
  readonly version: string;
  /** "" or like "/desk". */
  readonly basePath: () => string;
  readonly metrics: (request: Request) => Promise<Response>;
}

export function prometheusRoutes(deps: PrometheusDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/prometheus/sd",
      need: "dashboard.view",
      summary: "This daemon as a target, for Prometheus' HTTP service discovery",
      answer: serviceDiscoveryShape,
      handle({ context }) {
        const { host, secure } = context.env;
        const reached = { host: host ?? new URL(context.req.url).host, secure };
        return [targetOf({ ...reached, basePath: deps.basePath(), version: deps.version })];
      },
    }),
    route({
      method: "GET",
      path: "/metrics",
      // From loopback without a proxy it needs nothing.
      need: "dashboard.view",
      summary: "All metrics, as Prometheus or OpenMetrics text",
      query: null,
      answer: z.string(),
      as: "text/plain",
      handle: ({ context }) => deps.metrics(context.req.raw),
    }),
  ];
}
