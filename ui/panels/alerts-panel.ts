import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { alertTypes } from "../../src/core/alert";
import type { AlertGroups } from "../../src/views/alerts";
import type { DecisionCounts, DecisionShape } from "../../src/views/decisions";
import { heldAppear } from "../parts/words";
import { useStore } from "../store-context";
import { here } from "../here";
import { Choice, Words } from "../lists/filters";
import { useResource } from "../live/resource";
import { preferences } from "../live/preferences";
import { markAlertsRead } from "../live/unread";
import { Empty } from "../parts/empty";
import { count } from "../parts/numbers";
import { Segmented } from "../parts/segmented";
import { clockText } from "../parts/time";
import { hrefOf } from "../shell/route";
import type { AlertShape, Frame } from "../wire";
import { withReceived, type AlertGroup } from "./alert-groups";
import { AlertLine } from "./alert-line";
import { HeldList } from "./held-list";
import { Panel } from "./panel";

type Tab = "raised" | "held";

const concernsAlerts = (frame: Frame) => frame.type === "new_alert" || frame.type === "alert_changed";
const concernsHeld = (frame: Frame) => frame.type === "held_back" || frame.type === "new_alert";

export function AlertsPanel() {
  const store = useStore();
  const since = store.timeframe.value;
  const [tab, choose] = useState<Tab>("raised");
  const [priority, prefer] = useState("");
  const [narrowed, narrow] = useState({ type: "", symbol: "" });
  const [reason, because] = useState("");
  const query = [
    `since=${since}`,
    priority && `priority=${priority}`,
    narrowed.type && `type=${narrowed.type}`,
    narrowed.symbol && `symbol=${encodeURIComponent(narrowed.symbol)}`,
  ]
    .filter((part) => part !== "")
    .join("&");
  const { value: groups, trouble } = useResource<AlertGroups>(`api/alerts/groups?${query}`, {
    changedBy: concernsAlerts,
  });
  const { value: counts } = useResource<DecisionCounts>(`api/decisions/counts?since=${since}`, {
    changedBy: concernsHeld,
    everyMs: 3000,
  });
  const filtered = narrowed.type !== "" || narrowed.symbol !== "";
  const live = store.alerts.value;
  const wanted = (alert: AlertShape) =>
    (priority === "" || alert.priority === priority) &&
    (narrowed.type === "" || alert.type === narrowed.type) &&
    (narrowed.symbol === "" || alert.symbol === narrowed.symbol.toUpperCase());
  const shown = groups === null && live === null ? null : withReceived(groups, live ?? [], wanted);
  const filter = html`<${Choice}
    label="type" all="all" value=${narrowed.type} options=${alertTypes}
    choose=${(type: string) => narrow({ ...narrowed, type })}
  />
    <${Words}
      label="symbol" value=${narrowed.symbol} placeholder="BTCUSDT"
      type=${(symbol: string) => narrow({ ...narrowed, symbol })}
    />`;
  const raised = groups === null ? null : groups.counts.low + groups.counts.medium + groups.counts.high;
  const bar = html`<${Segmented}
    label="Alerts"
    options=${[
      { name: "raised", label: `Raised ${raised ?? ""}`.trim() },
      { name: "held", label: `Held back ${counts?.held ?? ""}`.trim() },
    ]}
    chosen=${tab} choose=${choose}
  />
    <span class="grow"></span>
    ${
      tab === "raised"
        ? html`<${Priorities} of=${groups} chosen=${priority} choose=${prefer} />`
        : html`<${Reasons} of=${counts} chosen=${reason} choose=${because} />`
    }`;
  const newestAt = shown?.[0]?.alert.timestamp ?? null;
  return html`<${Panel}
    name="alerts" title="Recent Alerts" href=${hrefOf(tab === "raised" ? "alerts" : "held-back")}
    csv=${
      here(
        tab === "raised"
          ? `api/alerts?format=csv&since=${since}`
          : `api/decisions?format=csv&outcome=held&since=${since}`,
      ).href
    }
    filled=${shown && shown.length > 0} newestAt=${newestAt} trouble=${trouble}
    filter=${tab === "raised" ? filter : undefined} filtered=${filtered} bar=${bar}
  >
    ${
      tab === "held"
        ? html`<${Held} since=${since} reason=${reason} />`
        : html`<${Raised} groups=${shown} trouble=${trouble} since=${since} narrowed=${filtered || priority !== ""} />`
    }
  <//>`;
}

function Priorities({
  of: groups,
  chosen,
  choose,
}: {
  of: AlertGroups | null;
  chosen: string;
  choose: (name: string) => void;
}) {
  const label = (name: "high" | "medium" | "low", short: string) => ({
    name,
    label: groups === null ? short : `${short} ${groups.counts[name]}`,
  });
  return html`<${Segmented}
    label="Priority"
    options=${[{ name: "", label: "All" }, label("high", "High"), label("medium", "Med"), label("low", "Low")]}
    chosen=${chosen} choose=${choose}
  />`;
}

function Reasons({
  of: counts,
  chosen,
  choose,
}: {
  of: DecisionCounts | null;
  chosen: string;
  choose: (name: string) => void;
}) {
  const held = counts?.words.filter(({ outcome }) => outcome === "held") ?? [];
  if (held.length === 0) return null;
  return html`<${Segmented}
    label="Reason"
    options=${[
      { name: "", label: "All" },
      ...held.map(({ word, count: times }) => ({ name: word, label: `${word} ${count(times)}` })),
    ]}
    chosen=${chosen} choose=${choose}
  />`;
}

function Raised({
  groups,
  trouble,
  since,
  narrowed,
}: {
  groups: readonly AlertGroup[] | null;
  trouble: string | null;
  since: string;
  narrowed: boolean;
}) {
  const store = useStore();
  const seen = preferences.value.alerts_seen_at;
  const seenAt = seen === null ? null : Date.parse(seen);
  if (groups === null || groups.length === 0) {
    return html`<${Empty}
      known=${groups !== null} trouble=${trouble}
      why=${narrowed ? "Nothing matching was raised." : `Nothing was raised over the last ${since}.`}
      next="What was held back is under the other tab, by reason."
    />`;
  }
  const isNew = ({ alert }: AlertGroup) => seenAt !== null && Date.parse(alert.timestamp) > seenAt;
  const fresh = groups.filter(isNew);
  const rest = groups.filter((group) => !isNew(group));
  const line = (group: AlertGroup, unread: boolean) =>
    html`<${AlertLine}
      key=${group.alert.id} row=${group.alert} alike=${{ count: group.count, since }} unread=${unread}
    />`;
  return html`<ul aria-label="Alerts, newest first">
    ${fresh.map((group) => line(group, true))}
    ${
      fresh.length === 0 || seenAt === null
        ? null
        : html`<li key="visit" class="visit">
          ${fresh.length} new since you last looked at ${clockText(seenAt)} <button
            type="button" class="button small" onClick=${() => markAlertsRead(store)}
          >mark as read</button>
        </li>`
    }
    ${rest.map((group) => line(group, false))}
  </ul>`;
}

function Held({ since, reason }: { since: string; reason: string }) {
  const { value, trouble } = useResource<{ readonly items: readonly DecisionShape[] }>(
    `api/decisions?outcome=held&since=${since}&limit=100${reason === "" ? "" : `&reason=${reason}`}`,
    { changedBy: concernsHeld, everyMs: 2000 },
  );
  if (value === null || value.items.length === 0)
    return html`<${Empty}
      known=${value !== null} trouble=${trouble} why=${`Nothing was held back over the last ${since}.`}
      next=${heldAppear}
    />`;
  return html`<${HeldList} rows=${value.items} />`;
}
