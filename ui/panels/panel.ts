import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { Age } from "../parts/age";
import { useStore } from "../desk-context";
import { FreshnessMark } from "../parts/freshness";
import { clockText } from "../parts/time";

export interface PanelProps {
  /** Part of element ids. */
  readonly name: string;
  readonly title: string;
  /** Where all of it stands on a page of its own. */
  readonly href?: string;
  /** null: nothing is known yet; otherwise whether there is anything to show. */
  readonly filled: boolean | null;
  /** Observation the panel is as fresh as, ISO 8601. */
  readonly newestAt: string | null;
  /** The panel's own source says it is behind. */
  readonly stale?: boolean;
  /** Why the panel has no answer of its own; null where the overview is all it needs. */
  readonly trouble?: string | null;
  readonly bar?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** The frame of a panel: title, how fresh it is, and a body that scrolls with the keyboard too. */
export function Panel({ name, title, href, filled, newestAt, stale = false, trouble = null, bar, children }: PanelProps) {
  return html`<section class="panel ${name}" aria-labelledby="panel-${name}">
    <header><h2 id="panel-${name}">${href === undefined ? title : html`<a href=${href}>${title}</a>`}</h2><${PanelState} filled=${filled} newestAt=${newestAt} stale=${stale} trouble=${trouble} /></header>
    ${bar === undefined ? null : html`<div class="bar">${bar}</div>`}
    <div class="body" tabindex="0" role="group" aria-labelledby="panel-${name}">${children}</div>
  </section>`;
}

/** Losing the daemon comes first: whatever a source said, it was said before that. */
function PanelState({ filled, newestAt, stale, trouble }: { filled: boolean | null; newestAt: string | null; stale: boolean; trouble: string | null }) {
  const store = useStore();
  const heardAt = store.heardAt.value;
  if (filled === null) {
    return (trouble ?? store.trouble.value) === null ? html`<${FreshnessMark} of="none" word="waiting" />` : html`<${FreshnessMark} of="error" word="no answer" />`;
  }
  if (store.connection.value.state !== "connected" && heardAt !== null) return html`<${FreshnessMark} of="stale" word=${`stale since ${clockText(heardAt)}`} />`;
  if (!filled || newestAt === null) return html`<${FreshnessMark} of="none" word="no data" />`;
  if (stale) return html`<${FreshnessMark} of="stale" word="stale"><span><${Age} at=${newestAt} /></span><//>`;
  return html`<${FreshnessMark} of="live" word="live"><span><i>updated </i><${Age} at=${newestAt} /></span><//>`;
}
