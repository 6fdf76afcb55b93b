import { html } from "htm/preact";
import type { ReadinessShape } from "../../src/views/health";
import { useStore } from "../store-context";
import { sessionEnd } from "../live/keep-session";
import { Icon } from "../parts/icon";
import { count } from "../parts/numbers";
import { durationText, momentText } from "../parts/time";

type SourceProgress = ReadinessShape["sources"][number];

/** What the reader must know before trusting the panels. */
export function Notices() {
  return html`<div class="notices" role="status">
    <${NewVersion} /><${SessionEnd} /><${Connection} /><${Starting} /><${Degraded} />
  </div>`;
}

/** The page's modules and the daemon's answers belong together. */
function NewVersion() {
  const version = useStore().version.value;
  const own = document.documentElement.dataset["version"];
  if (version === null || version === own) return null;
  return html`<p class="notice">
    <${Icon} name="refresh" />
    <span class="grow">The daemon is of version ${version} by now, this page of ${own}. Reload it.</span>
    <button type="button" class="button small" onClick=${() => location.reload()}>Reload</button>
  </p>`;
}

/** Any input keeps the session. */
function SessionEnd() {
  void useStore().clock.now.value;
  const end = sessionEnd.value;
  const now = Date.now();
  if (end === null || now < end.warnAt) return null;
  return html`<p class="notice">
    <${Icon} name="warning" />
    <span>
      This desk has not been used for a while: you will be signed out
      <span aria-hidden="true"> in ${durationText(Math.max(0, end.endsAt - now))}</span>
      . Move the pointer, touch or press a key to stay.
    </span>
  </p>`;
}

function Connection() {
  const store = useStore();
  const receivedAt = store.receivedAt.value;
  const link = store.link.value;
  if (link === "connected" || link === "connecting") return null;
  return html`<p class="notice">
    <${Icon} name="warning" />
    <span class="grow">
      ${
        link === "polling"
          ? "There is no live connection; the page reads the daemon every 10 s instead."
          : receivedAt === null
            ? "The daemon does not answer."
            : `The connection is lost; what is shown is as of ${momentText(receivedAt)}.`
      }
      ${" "}<${NextTry} />
    </span>
    <${TryNow} />
  </p>`;
}

/** Counts down for the eye only: a screen reader would read every second and every try aloud. */
function NextTry() {
  const store = useStore();
  void store.clock.now.value;
  const connection = store.connection.value;
  const left = connection.state === "waiting" ? connection.retryAt - Date.now() : 0;
  return html`<span aria-hidden="true">Trying again ${left < 1000 ? "now" : `in ${durationText(left)}`}.</span>`;
}

/** Stays while a try is under way, so that the focus does not fall off it. */
function TryNow() {
  const connection = useStore().connection.value;
  return html`<button
    type="button" class="button small" aria-disabled=${connection.state === "waiting" ? undefined : "true"}
    onClick=${() => {
      if (connection.state === "waiting") connection.tryNow();
    }}
  >Try now</button>`;
}

function Starting() {
  const store = useStore();
  if (store.system.value?.status !== "starting") return null;
  const sources = store.readiness.value?.sources ?? [];
  return html`<div class="notice"><${Icon} name="stale" /><div>
    <p>Starting: the first look at every source is under way, so what is shown is not complete yet.</p>
    ${sources.map((source) => html`<${Progress} key=${source.name} of=${source} />`)}
  </div></div>`;
}

function Progress({ of: source }: { of: SourceProgress }) {
  return html`<p class="progress" aria-live="off"><span>${source.name}</span>${
    source.total === 0
      ? html`<span class="quiet">${source.state === "watching" ? "nothing new to read" : "not looked at yet"}</span>`
      : html`<progress max=${source.total} value=${source.read} aria-label=${`reports read from ${source.name}`} />
        <span class="quiet">${count(source.read)} of ${count(source.total)} read</span>`
  }</p>`;
}

function Degraded() {
  const store = useStore();
  const readiness = store.readiness.value;
  const reported = store.storeFault.value;
  const fault = reported === undefined && readiness?.status === "not-storing" ? readiness.code : reported;
  const degraded = store.system.value?.status === "degraded";
  if (!degraded && !fault) return null;
  const unreachable = degraded ? (readiness?.sources ?? []).filter((source) => source.state === "unreachable") : [];
  return html`<div class="notice is-bad">
    <${Icon} name="error" />
    <div>
      ${
        fault
          ? html`<p>
            Nothing can be stored (${fault}
            ), so nothing new is decided or sent. It resumes by itself once that is fixed.
          </p>`
          : null
      }
      ${unreachable.map(
        (source) =>
          html`<p key=${source.name}>
            The folder of ${source.name} cannot be read: ${source.why ?? "it does not say why"}.
          </p>`,
      )}
      ${!fault && unreachable.length === 0 ? html`<p>Degraded; what exactly is wrong is not known yet.</p>` : null}
    </div>
  </div>`;
}
