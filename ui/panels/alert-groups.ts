import type { AlertGroups } from "../../src/views/alerts";
import type { AlertShape } from "../wire";

export type AlertGroup = Pick<AlertGroups["items"][number], "alert" | "count">;

/** The answer with the events since laid over it; before an answer, the events alone. */
export function withReceived(
  answered: AlertGroups | null,
  received: readonly AlertShape[],
  wanted: (alert: AlertShape) => boolean,
): readonly AlertGroup[] {
  let groups: readonly AlertGroup[] = answered?.items ?? [];
  const knownUntil = answered?.items[0]?.alert.timestamp ?? "";
  for (const alert of received.toReversed()) {
    const same = groups.findIndex((group) => group.alert.id === alert.id);
    if (same >= 0) groups = groups.with(same, { alert, count: groups[same]?.count ?? 1 });
    else if (wanted(alert) && (answered === null || alert.timestamp > knownUntil)) groups = withNews(groups, alert);
  }
  return groups;
}

function withNews(groups: readonly AlertGroup[], alert: AlertShape): readonly AlertGroup[] {
  const alike = groups.find((group) => labelsOf(group.alert) === labelsOf(alert));
  return [{ alert, count: (alike?.count ?? 0) + 1 }, ...groups.filter((group) => group !== alike)];
}

/** Alike are alerts of the same labels, whatever their numbers and words. */
function labelsOf({ type, rule, source, symbol, direction }: AlertShape): string {
  return [type, rule, source, symbol, direction].join(" ");
}
