import type { Priority } from "../alert";
import { dayMs } from "../duration";
import type { PlanContext } from "./plan-context";
import type { Route } from "./route";

/** Of a day's budget, what is of low priority gets this much. */
const lowShare = 0.8;

/** From so many messages of a day on, what is less urgent waits for the digest; high never does. */
function budgetOf(perDay: number, priority: "low" | "medium"): number {
  return priority === "low" ? Math.ceil(perDay * lowShare) : perDay;
}

/** Whether one more message to a channel on that day (UTC) is within a route's budget. */
export function isWithinBudget(
  { name, perDay }: Pick<Route, "name" | "perDay">,
  channel: string,
  priority: Priority,
  at: number,
  { messagesBetween }: Pick<PlanContext, "messagesBetween">,
): boolean {
  if (perDay === null || name === null || priority === "high") return true;
  const from = at - (at % dayMs);
  return messagesBetween({ channel, route: name, from, to: from + dayMs }) < budgetOf(perDay, priority);
}

/** What a message that reaches a part of its route's budget says of it; null where it reaches none. `sent`: with it. */
export function budgetNote(
  perDay: number,
  sent: number,
  most: { readonly rule: string; readonly count: number } | null,
): string | null {
  const who = sent === budgetOf(perDay, "medium") ? "low and medium" : sent === budgetOf(perDay, "low") ? "low" : null;
  if (who === null) return null;
  const made = most === null ? "" : `; most come from the rule ${most.rule} (${most.count})`;
  return `${sent} of ${perDay} messages of today are sent: ${who} alerts now wait for the digest${made}`;
}

/** Most messages a day to a channel by all its routes; null where one of them has no budget, or it has none. */
export function channelBudget(routes: readonly Route[], channel: string): number | null {
  const budgets = routes
    .filter(({ steps }) => steps.some(({ to }) => to.includes(channel)))
    .map(({ perDay }) => perDay);
  if (budgets.length === 0) return null;
  return budgets.reduce((sum, perDay) => (sum === null || perDay === null ? null : sum + perDay), 0);
}
