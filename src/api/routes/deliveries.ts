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
  retry: "Tries a delivery again at once, also one that failed or was withdrawn",
  withdraw: "Withdraws a delivery that is still due",
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
      summary: "Deliveries, newest first: what was sent to which channel, and what was not",
      filter: deliveryFilter,
      counts: { shape: deliveryCountsShape, of: (filter) => deps.queries.deliveryCounts(filter) },
    }),
    act("retry"),
    act("withdraw"),
  ];
}
