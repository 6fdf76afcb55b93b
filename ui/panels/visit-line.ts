import { html } from "htm/preact";
import { markAlertsRead, seenAt } from "../live/unread";
import { clockText } from "../parts/time";
import { useStore } from "../store-context";

/** The desk holds no more alerts. */
const knownMax = 20;

/** Where one left off: how many alerts came since, and what takes their marks away. */
export function VisitLine({ fresh }: { fresh: number }) {
  const store = useStore();
  const seen = seenAt.value;
  if (seen === null || fresh === 0) return null;
  return html`<span>${fresh >= knownMax ? `${knownMax}+` : fresh} new since your last visit at ${clockText(seen)}</span>${" "}<button
      type="button" class="button small" onClick=${() => markAlertsRead(store)}
    >Mark as read</button>`;
}
