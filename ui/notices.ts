import { html } from "htm/preact";
import type { SourceShape } from "../src/views/sources";
import { useStore } from "./desk-context";
import { Icon } from "./icon";
import { count } from "./numbers";
import type { SourceReadiness } from "./readiness";
import { durationText, momentText } from "./time";

/** What the reader must know before trusting the panels. */
export function Notices() {
  return html`<div class="notices" role="status"><${Connection} /><${Starting} /><${Degraded} /></div>`;
}

function Connection() {
  const store = useStore();
  const heardAt = store.heardAt.value;
  const connection = store.connection.value;
  if (connection.state === "connected" || heardAt === null) return null;
  return html`<p class="notice"><${Icon} name="warning" /><span>The connection is lost; what stands here is as of ${momentText(heardAt)}. <${NextTry} retryAt=${connection.state === "waiting" ? connection.retryAt : null} /></span></p>`;
}

/** Counts down for the eye only: a screen reader would read every second and every try aloud. */
function NextTry({ retryAt }: { retryAt: number | null }) {
  void useStore().clock.now.value;
  const left = retryAt === null ? 0 : retryAt - Date.now();
  return html`<span aria-hidden="true">Trying again ${left < 1000 ? "now" : `in ${durationText(left)}`}.</span>`;
}

function Starting() {
  const store = useStore();
  if (store.system.value?.status !== "starting") return null;
  const sources = store.readiness.value?.sources ?? [];
  return html`<div class="notice"><${Icon} name="stale" /><div>
    <p>Starting: the first look at every source is under way, so what stands here is not yet complete.</p>
    ${sources.map((source) => html`<${Progress} key=${source.name} of=${source} />`)}
  </div></div>`;
}

function Progress({ of: source }: { of: SourceReadiness }) {
  const read = count(source.read) ?? "no data";
  if (source.total === null || source.read === null) return html`<p class="progress" aria-live="off"><span>${source.name}</span><span class="quiet">${source.state}, ${read} read</span></p>`;
  return html`<p class="progress" aria-live="off"><span>${source.name}</span><progress max=${Math.max(1, source.total)} value=${source.total === 0 ? 1 : source.read} aria-label=${`reports read from ${source.name}`} /><span class="quiet">${read} of ${count(source.total)} read</span></p>`;
}

/** A source that has said nothing yet has nothing wrong with it either. */
const sound: ReadonlySet<string> = new Set<SourceShape["state"]>(["live", "no-data"]);

function Degraded() {
  const store = useStore();
  if (store.system.value?.status !== "degraded") return null;
  const failing = (store.readiness.value?.sources ?? []).filter((source) => !sound.has(source.state));
  return html`<p class="notice is-bad"><${Icon} name="error" /><span>${failing.length === 0
    ? "Degraded: not everything the desk relies on works. virtuoso status says what is wrong."
    : `Degraded: ${failing.map((source) => `${source.name} is ${source.state}`).join(", ")}.`}</span></p>`;
}
