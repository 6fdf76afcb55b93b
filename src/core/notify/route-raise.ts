import type { Alert } from "../alert";
import { closesAt, isOpen, type Calendar } from "../calendar/calendar";
import type { DueDelivery } from "./delivery";
import type { PlanContext } from "./plan-context";
import { isWithinBudget } from "./budget";
import { brokenChannelOf, digestWord, gatheredMs, nextDigest, routesIn, routesOf, type Route } from "./route";

/** When what is raised now goes to people by a route. */
interface Start {
  readonly at: number;
  /** What goes with the same word, and is due, goes as one message. */
  readonly foldsWith: string | null;
}

export type Raised = Pick<Alert, "seq" | "priority"> & Parameters<typeof routesOf>[0];

/** Everything a raise owes, to all its steps: nothing of it is looked up again later. One beginning to a channel. */
export function owedOfRaise(alert: Raised, context: PlanContext, before: readonly DueDelivery[]): DueDelivery[] {
  const routes = routesOf(alert, routesIn(context.routing, context.channels));
  return oncePerChannel(routes.flatMap((route) => owedBy(route, alert, context, before)));
}

function owedBy(route: Route, alert: Raised, context: PlanContext, before: readonly DueDelivery[]): DueDelivery[] {
  const { channels, now } = context;
  const gathered = gatheredStart(route, alert, context, before);
  const isNew = gathered.at >= now + gatheredMs(route, alert.priority);
  return route.steps.flatMap(({ afterMs, to, unlessAcknowledged }, step) =>
    channels
      .filter(({ name }) => to.includes(name) && name !== brokenChannelOf(alert))
      .map(({ name: channel, audience }): DueDelivery => {
        const start = audience === "machines" ? { at: now, foldsWith: null } : gathered;
        const due = { at: start.at + afterMs, foldsWith: start.foldsWith };
        const { at, foldsWith } =
          audience === "people" ? toPeople(due, { route, channel, isNew: isNew && step === 0 }, alert, context) : due;
        return {
          alertSeq: alert.seq,
          channel,
          route: route.name,
          step,
          purpose: step === 0 ? "raise" : "escalate",
          createdAt: at,
          dueAt: at,
          foldsWith,
          unlessAcknowledged,
        };
      }),
  );
}

/** With those that wait already, where there are any. */
function gatheredStart(
  route: Route,
  alert: Raised,
  { channels, gatheringUntil, now }: PlanContext,
  before: readonly DueDelivery[],
): Start {
  const forMs = gatheredMs(route, alert.priority);
  const [first] = route.steps;
  const channel = channels.find(({ name, audience }) => audience === "people" && first?.to.includes(name));
  if (forMs === 0 || first === undefined || channel === undefined) return { at: now, foldsWith: null };
  const foldsWith = route.name ?? "default";
  const [from, to] = [now + first.afterMs, now + first.afterMs + forMs];
  const here = before.find(
    (row) => row.foldsWith === foldsWith && row.channel === channel.name && row.dueAt > from && row.dueAt <= to,
  );
  const dueAt = here?.dueAt ?? gatheringUntil({ channel: channel.name, foldsWith, from, to });
  return { at: dueAt === null ? now + forMs : dueAt - first.afterMs, foldsWith };
}

interface Way {
  readonly route: Route;
  readonly channel: string;
  /** It would be a message of its own. */
  readonly isNew: boolean;
}

function toPeople(due: Start, { route, channel, isNew }: Way, alert: Raised, context: PlanContext): Start {
  const outside = outsideQuiet(due, route, alert, context);
  if (outside !== due || !isNew || isWithinBudget(route, channel, alert.priority, due.at, context)) return outside;
  return { at: nextDigest(route, context.routing, context.now), foldsWith: digestWord };
}

/** Of quiet hours, only what is of high priority is said within. */
export function outsideQuiet(
  due: Start,
  { quiet }: Pick<Route, "quiet">,
  { priority }: Pick<Alert, "priority">,
  { routing: { calendars } }: Pick<PlanContext, "routing">,
): Start {
  const calendar: Calendar | undefined = quiet === null ? undefined : calendars[quiet];
  if (calendar === undefined || priority === "high" || !isOpen(calendar, due.at)) return due;
  const at = closesAt(calendar, due.at);
  return at === null ? due : { at, foldsWith: "quiet" };
}

/** Of several routes to one channel the first says that it began; what comes at the same time is said once. */
function oncePerChannel(rows: readonly DueDelivery[]): DueDelivery[] {
  const kept: DueDelivery[] = [];
  for (const row of rows.toSorted((one, other) => one.dueAt - other.dueAt || one.step - other.step)) {
    const isSaid = kept.some(
      ({ channel, purpose, dueAt }) =>
        channel === row.channel && (dueAt === row.dueAt || (purpose === "raise" && row.purpose === "raise")),
    );
    if (!isSaid) kept.push(row);
  }
  return kept;
}
