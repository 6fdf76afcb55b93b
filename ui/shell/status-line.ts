import { html } from "htm/preact";
import { Age } from "../parts/age";
import { useStore } from "../store-context";
import { here } from "../here";
import { count, percent } from "../parts/numbers";
import type { Link } from "../live/connection";
import { Term } from "../parts/term";
import { momentText, uptimeText } from "../parts/time";
import { Value } from "../parts/value";
import type { SystemStatusShape } from "../wire";

/** The keys most worth knowing. */
const hints = [
  ["/", "search"],
  ["j k", "rows"],
  ["Enter", "open"],
  ["?", "all keys"],
] as const;

const linkWords: Readonly<Record<Link, string>> = {
  connected: "Connected",
  polling: "Polling",
  connecting: "Connecting",
  lost: "Connection lost",
};

/** The machinery in one line: the daemon's own figures, and the time its ages are counted against. */
export function StatusLine() {
  const store = useStore();
  const system = store.system.value;
  const lostAt = store.lostAt.value;
  const link = store.link.value;
  return html`<footer class="status">
    <dl>
      <div class="link"><dt>${linkWords[link]}</dt><dd>${howLinked(link, lostAt)}<${Seq} /></dd></div>
      ${system === null ? null : store.upToDate.value ? html`<${Now} of=${system} />` : html`<${Then} of=${system} />`}
    </dl>
    <div class="keys" aria-hidden="true">
      ${hints.map(([key, does]) => html`<span key=${key}><kbd>${key}</kbd>${does}</span>`)}
    </div>
    <a href=${here("docs").href}>API</a>
    <time datetime=${new Date(store.clock.now.value).toISOString()}>${momentText(store.clock.now.value)}</time>
  </footer>`;
}

function howLinked(link: Link, lostAt: number | null): string {
  if (link === "lost") return lostAt === null ? "" : `since ${momentText(lostAt)}`;
  return link === "polling" ? "every 10 s" : "";
}

function Seq() {
  const store = useStore();
  const seq = store.seq.value;
  if (seq === null || store.link.value !== "connected") return null;
  return html`<${Term} of="seq">seq<//> ${count(seq)}`;
}

function Now({ of: system }: { of: SystemStatusShape }) {
  return html`<div class="verdict"><dt>Status</dt><dd>${system.status}</dd></div>
    <div class="span"><dt>Up</dt><dd>${uptimeText(system.uptime_seconds)}</dd></div>
    <div class="span">
      <dt>Last scan</dt>
      <dd>${system.last_scan ? html`<${Age} at=${system.last_scan} />` : html`<${Value} of=${null} />`}</dd>
    </div>
    <div class="share"><dt>CPU</dt><dd><${Value} of=${percent(system.cpu_usage)} /></dd></div>
    <div class="share"><dt>Memory</dt><dd><${Value} of=${percent(system.memory_usage)} /></dd></div>
    <div class="share"><dt>Disk</dt><dd><${Value} of=${percent(system.disk_usage)} /></dd></div>
    <div><dt>Connections</dt><dd>${count(system.active_connections)}</dd></div>`;
}

/** What the daemon was when it last answered: what it is now is not known. */
function Then({ of: system }: { of: SystemStatusShape }) {
  const receivedAt = useStore().receivedAt.value;
  return html`<div>
    <dt>Last answer</dt>
    <dd>
      ${`${receivedAt === null ? "" : `${momentText(receivedAt)}: `}was ${system.status}, up ${uptimeText(system.uptime_seconds)}`}
    </dd>
  </div>`;
}
