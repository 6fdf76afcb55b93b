import { html } from "htm/preact";
import { shortLabelOf } from "../../src/views/check-words";
import { useState } from "preact/hooks";
import { alertTypes } from "../../src/core/alert";
import type { AlertGroups } from "../../src/views/alerts";
import type { DecisionCounts } from "../../src/views/decisions";
import { useStore } from "../store-context";
import { here } from "../here";
import { Choice, Words } from "../lists/filters";
import { useResource } from "../live/resource";
import { count } from "../parts/numbers";
import { Segmented } from "../parts/segmented";
import { hrefOf } from "../shell/route";
import type { AlertShape, Frame } from "../wire";
import { withReceived } from "./alert-groups";
import { HeldTab } from "./held-back";
import { Panel } from "./panel";
import { RaisedAlerts } from "./raised-alerts";

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
        ? html`<${HeldTab} since=${since} reason=${reason} />`
        : html`<${RaisedAlerts}
          groups=${shown} trouble=${trouble} since=${since} narrowed=${filtered || priority !== ""} list=${query}
        />`
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
      ...held.map(({ word, count: times }) => ({ name: word, label: `${shortLabelOf(word)} ${count(times)}` })),
    ]}
    chosen=${chosen} choose=${choose}
  />`;
}
