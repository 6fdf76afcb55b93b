import { html } from "htm/preact";
import { Age } from "../parts/age";
import { useStore } from "../store-context";
import { here } from "../here";
import { count, percent } from "../parts/numbers";
import { momentText, uptimeText } from "../parts/time";
import { Value } from "../parts/value";

/** The keys most worth knowing. */
const hints = [
  ["/", "search"],
  ["j k", "rows"],
  ["Enter", "open"],
  ["?", "all keys"],
] as const;

/** The machinery in one line: the daemon's own figures, and the time its ages are counted against. */
export function StatusLine() {
  const store = useStore();
  const system = store.system.value;
  const uptime = system?.uptime_seconds ?? null;
  return html`<footer class="status">
    <dl>
      <div><dt>Status</dt><dd><${Value} of=${system?.status ?? null} /></dd></div>
      <div><dt>Up</dt><dd><${Value} of=${uptime === null ? null : uptimeText(uptime)} /></dd></div>
      <div>
        <dt>Last scan</dt>
        <dd>${system?.last_scan ? html`<${Age} at=${system.last_scan} />` : html`<${Value} of=${null} />`}</dd>
      </div>
      <div><dt>CPU</dt><dd><${Value} of=${percent(system?.cpu_usage ?? null)} /></dd></div>
      <div><dt>Memory</dt><dd><${Value} of=${percent(system?.memory_usage ?? null)} /></dd></div>
      <div><dt>Disk</dt><dd><${Value} of=${percent(system?.disk_usage ?? null)} /></dd></div>
      <div><dt>Connections</dt><dd><${Value} of=${count(system?.active_connections ?? null)} /></dd></div>
      <div><dt>Seq</dt><dd><${Value} of=${count(store.seq.value)} /></dd></div>
    </dl>
    <div class="keys" aria-hidden="true">
      ${hints.map(([key, does]) => html`<span key=${key}><kbd>${key}</kbd>${does}</span>`)}
    </div>
    <a href=${here("docs").href}>API</a>
    <time datetime=${new Date(store.clock.now.value).toISOString()}>${momentText(store.clock.now.value)}</time>
  </footer>`;
}
