import { z } from "zod";
import type { Actor } from "../../auth/accounts";
import { deliveryCountsShape, deliveryFilter, deliveryShape, type DeliveryShape } from "../../views/deliveries";
import { listRoute, type ListingDeps } from "../listing";
import { actorOf, route, type Route } from "../route";

export interface DeliveryDeps extends ListingDeps {
  /** Each throws Problem. */
  readonly retry: (id: string, by: Actor) => Promise<DeliveryShape>;
  readonly withdraw: (id: string, by: Actor) => Promise<DeliveryShape>;
}

const summaries = {
  retry: "Has a delivery tried at once, one that failed or was withdrawn as well",
  withdraw: "Takes back a delivery that is still due",
} as const;

export function deliveryRoutes(deps: DeliveryDeps): Route[] {
  const act = (name: keyof typeof summaries) =>
    route({
      method: "POST",
      path: `/api/deliveries/:id/${name}` as const,
      need: "dashboard.alerts.manage",
      summary: summaries[name],
      body: z.strictObject({}),
      answer: deliveryShape,
      handle: (call) => deps[name](call.params.id, actorOf(call)),
    });
  return [
    listRoute("deliveries", deps, {
      summary: "What was sent to whom and when, and what was not, newest first",
      filter: deliveryFilter,
      counts: { shape: deliveryCountsShape, of: (filter) => deps.queries.deliveryCounts(filter) },
    }),
    act("retry"),
    act("withdraw"),
  ];
}
