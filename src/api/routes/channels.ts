import { z } from "zod";
import { channelShape, channelTestShape, type ChannelShape, type ChannelTested } from "../../views/channels";
import { done, doneShape } from "../../views/sign-in";
import { Problem } from "../problems";
import { actorOf, itemsOf, route, type Route } from "../route";
import type { Actor } from "../../auth/accounts";

export interface ChannelRouteDeps<N, P> {
  /** How a channel is asked for, and how one is changed: made of the kinds there are. */
  readonly newChannel: z.ZodType<N>;
  readonly patch: z.ZodType<P>;
  readonly list: () => ChannelShape[];
  /** Each throws Problem. */
  readonly create: (asked: N, by: Actor) => Promise<ChannelShape>;
  readonly change: (name: string, patch: P, by: Actor) => Promise<ChannelShape>;
  readonly remove: (name: string, by: Actor) => Promise<void>;
  readonly test: (name: string, by: Actor) => Promise<ChannelTested>;
}

const manage = "dashboard.settings.manage";

export function channelRoutes<N, P>(deps: ChannelRouteDeps<N, P>): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/channels",
      need: "dashboard.view",
      summary: "The channels and the state of each; secrets are never shown",
      answer: itemsOf(channelShape),
      handle: () => ({ items: deps.list(), next_cursor: null }),
    }),
    route({
      method: "POST",
      path: "/api/channels",
      need: manage,
      summary: "Adds a channel; its secrets are stored encrypted",
      body: deps.newChannel,
      answer: channelShape,
      status: 201,
      handle: (call) => deps.create(call.body, actorOf(call)),
    }),
    route({
      method: "PATCH",
      path: "/api/channels/:name",
      need: manage,
      summary: "Changes a channel made at run time; what is left out keeps its value, secrets included",
      body: deps.patch,
      answer: channelShape,
      handle: (call) => deps.change(call.params.name, call.body, actorOf(call)),
    }),
    route({
      method: "DELETE",
      path: "/api/channels/:name",
      need: manage,
      summary: "Removes a channel made at run time; deliveries due to it are withdrawn",
      answer: doneShape,
      async handle(call) {
        await deps.remove(call.params.name, actorOf(call));
        return done;
      },
    }),
    route({
      method: "POST",
      path: "/api/channels/:name/test",
      need: manage,
      limit: "channelTest",
      summary: "Sends a test over the channel: 200 once it is accepted, else 502 with the reason",
      body: z.strictObject({}),
      answer: channelTestShape,
      async handle(call) {
        const tested = await deps.test(call.params.name, actorOf(call));
        if (tested.outcome === "failed") throw new Problem("not-delivered", tested.answer ?? undefined);
        return tested;
      },
    }),
  ];
}
