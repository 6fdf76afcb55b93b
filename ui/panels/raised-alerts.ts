import { html } from "htm/preact";
import { useLines } from "../lists/use-lines";
import { useSteady } from "../lists/use-steady";
import { isUnread, seenAt } from "../live/unread";
import { Empty } from "../parts/empty";
import type { AlertGroup } from "./alert-groups";
import { AlertLine } from "./alert-line";
import { VisitLine } from "./visit-line";

export interface RaisedAlertsProps {
  readonly groups: readonly AlertGroup[] | null;
  readonly trouble: string | null;
  readonly since: string;
  readonly narrowed: boolean;
  readonly list: string;
}

const isNew = ({ alert }: AlertGroup) => isUnread(alert);

/** Alerts as they were raised, newest first; those since the last visit above its line. */
export function RaisedAlerts({ groups, trouble, since, narrowed, list }: RaisedAlertsProps) {
  const steady = useSteady(groups ?? [], ({ alert }) => alert.id, list);
  const lines = useLines(
    steady,
    (group) =>
      html`<${AlertLine}
        key=${group.alert.id} row=${group.alert} alike=${{ count: group.count, since }} unread=${isNew(group)}
      />`,
    [since, seenAt.value],
  );
  if (groups === null || groups.length === 0)
    return html`<${Empty}
      known=${groups !== null} trouble=${trouble}
      why=${narrowed ? "Nothing matching was raised." : `Nothing was raised over the last ${since}.`}
      next="What was held back is under the other tab, by reason."
    />`;
  const isFresh = steady.map(isNew);
  const fresh = isFresh.filter(Boolean).length;
  return html`<ul aria-label="Alerts, newest first">
    ${lines.filter((_, n) => isFresh[n])}
    ${fresh === 0 ? null : html`<li key="visit" class="visit"><${VisitLine} fresh=${fresh} /></li>`}
    ${lines.filter((_, n) => !isFresh[n])}
  </ul>`;
}
