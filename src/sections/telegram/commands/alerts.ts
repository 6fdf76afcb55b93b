import { comparePriority } from "../../../core/alert";
import type { AlertShape } from "../../../views/alerts";
import { agoOf } from "../words";
import type { Command } from "./command";
import { matchersOf } from "./matchers";

const shownMax = 10;

export const alertsCommand: Command = {
  name: "alerts",
  takes: "[SYMBOL or MATCHER...]",
  does: "alerts that stand, the most urgent first",
  need: "dashboard.view",
  changes: false,
  async run(parts, _, words) {
    const match = await matchersOf(parts, words);
    const lists = await Promise.all(
      (["open", "acknowledged"] as const).map((state) =>
        parts.queries.alerts({ state, limit: 100, ...(match.length > 0 && { match }) }),
      ),
    );
    const standing = lists
      .flatMap(({ items }) => items)
      .toSorted((a, b) => comparePriority(b.priority, a.priority) || Date.parse(b.timestamp) - Date.parse(a.timestamp));
    if (standing.length === 0) return match.length > 0 ? "no alert stands that matches" : "no alert stands";
    const isMore = lists.some(({ next_cursor: next }) => next !== null);
    const lines = standing.slice(0, shownMax).map((alert) => lineOf(alert, parts.now()));
    const rest = standing.length - lines.length;
    return [...lines, ...(rest > 0 ? [`and ${rest}${isMore ? " or more" : ""} more`] : [])].join("\n");
  },
};

function lineOf({ id, priority, message, timestamp, acknowledged }: AlertShape, now: number): string {
  const has = acknowledged === null ? "" : `, ${acknowledged.by} has it`;
  return `${id} ${priority}: ${message} (${agoOf(timestamp, now)}${has})`;
}
