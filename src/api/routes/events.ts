import { whole } from "../../core/query-text";
import { z } from "zod";
import { eventFrame } from "../../views/frames";
import { route, type Route } from "../route";

const eventsShape = z.object({
  epoch: z.string(),
  seq: z.number().int(),
  oldest: z
    .number()
    .int()
    .nullable()
    .meta({ description: "the oldest event still kept; who stopped more than one before it has missed some" }),
  items: z.array(eventFrame).meta({ description: "the events as the WebSocket sent them" }),
});

const eventsQuery = z.strictObject({
  after: whole(0, Number.MAX_SAFE_INTEGER).describe("The seq of the last event known."),
  limit: whole(1, 1000).optional().describe("At most so many."),
});

export interface EventDeps {
  readonly events: (after: number, limit: number) => z.infer<typeof eventsShape>;
}

export function eventRoutes(deps: EventDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/events",
      need: "dashboard.view",
      summary: "Events after a given seq: the change feed",
      query: eventsQuery,
      answer: eventsShape,
      handle: ({ query: { after, limit = 100 } }) => deps.events(after, limit),
    }),
  ];
}
