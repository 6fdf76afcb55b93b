import type { Priority } from "../alert";
import type { ChannelTarget } from "./channel-target";
import { begins, type Delivery, type DueDelivery } from "./delivery";
import type { PlanContext } from "./plan-context";
import { isWithinBudget } from "./budget";
import { outsideQuiet } from "./route-raise";

/** What a reminder goes by. */
export type RemindContext = Pick<PlanContext, "routing" | "messagesBetween" | "now" | "channels">;

/**
 * The reminder that follows a message of an alert that is open and that no one has; null where its route repeats nothing,
 * has said it often enough, or one waits already. `rows`: all that is or was owed about the alert.
 */
export function reminderAfter(
  row: Delivery,
  priority: Priority,
  rows: readonly Delivery[],
  context: RemindContext,
): DueDelivery | null {
  const { routing, channels, now } = context;
  const channel = channels.find(({ name }) => name === row.channel);
  const route = routing.routes?.find(({ name }) => name === row.route);
  if (!route?.repeat || !channel || !(begins(row.purpose) || row.purpose === "remind")) return null;
  const here = rows.filter((each) => each.channel === row.channel && each.purpose === "remind");
  const said = here.filter(({ state }) => state !== "withdrawn").length;
  if (said >= route.repeat.max || here.some(({ state }) => state === "due")) return null;
  const wanted = { at: now + route.repeat.everyMs, foldsWith: channel.audience === "people" ? route.name : null };
  const { at, foldsWith } = outsideQuietFor(channel, wanted, route, priority, context);
  if (channel.audience === "people" && !isWithinBudget(route, channel.name, priority, at, context)) return null;
  const { alertSeq } = row;
  return {
    alertSeq,
    channel: channel.name,
    route: route.name,
    step: row.step,
    purpose: "remind",
    createdAt: at,
    dueAt: at,
    foldsWith,
    unlessAcknowledged: true,
  };
}

function outsideQuietFor(
  { audience }: ChannelTarget,
  wanted: Parameters<typeof outsideQuiet>[0],
  route: Parameters<typeof outsideQuiet>[1],
  priority: Priority,
  context: RemindContext,
): ReturnType<typeof outsideQuiet> {
  return audience === "machines" ? wanted : outsideQuiet(wanted, route, { priority }, context);
}
