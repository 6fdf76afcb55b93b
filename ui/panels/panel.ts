import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useContext, useMemo, useState } from "preact/hooks";
import { useStore } from "../store-context";
import { NewsButton } from "../lists/news-button";
import { createReading, ReadingContext, type Reading } from "../lists/reading";
import { Age } from "../parts/age";
import { FreshnessMark } from "../parts/freshness";
import { Icon } from "../parts/icon";
import { clockText } from "../parts/time";
import { Tool } from "../parts/tool";
import { PanelPlace } from "./panel-place";

/** What went wrong, and the one thing to do about it. */
interface PanelProblem {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export interface PanelProps {
  /** Part of element ids. */
  readonly name: string;
  readonly title: string;
  /** Where all of it is shown on a page of its own. */
  readonly href?: string;
  /** null: nothing is known yet; otherwise whether there is anything to show. */
  readonly filled: boolean | null;
  /** Observation the panel is as fresh as, ISO 8601. */
  readonly newestAt: string | null;
  /** The panel's own source says it is behind. */
  readonly stale?: boolean;
  /** Why the panel has no answer of its own; null where the overview is all it needs. */
  readonly trouble?: string | null;
  /** Said above the body, with what to do. */
  readonly problem?: PanelProblem | null;
  /** Fields that narrow the list, shown on demand; `filtered` says that one of them does. */
  readonly filter?: ComponentChildren;
  readonly filtered?: boolean;
  /** The fields are shown from the start. */
  readonly filtering?: boolean;
  /** Address of the list as CSV. */
  readonly csv?: string;
  /** Further tools in the header. */
  readonly tools?: ComponentChildren;
  readonly bar?: ComponentChildren;
  /** Where the list is read outside of the panel. */
  readonly reading?: Reading;
  readonly children?: ComponentChildren;
}

/** The frame of a panel: its place, title, freshness, tools, and a body that scrolls with the keyboard too. */
export function Panel({
  name,
  title,
  href,
  filled,
  newestAt,
  stale = false,
  trouble = null,
  problem = null,
  filter,
  filtered = false,
  filtering: open = false,
  csv,
  tools,
  bar,
  reading: outside,
  children,
}: PanelProps) {
  const place = useContext(PanelPlace);
  const reading = useMemo(() => outside ?? createReading(), [outside]);
  const [filtering, setFiltering] = useState(filtered || open);
  return html`<section class="panel ${name}" aria-labelledby="panel-${name}">
    <header>
      <div class="title">
        ${place?.grip}
        <h2 id="panel-${name}">${href === undefined ? title : html`<a href=${href}>${title}</a>`}</h2>
        <${NewsButton} title=${title} of=${reading.news} />
      </div>
      <${PanelState} filled=${filled} newestAt=${newestAt} stale=${stale} trouble=${trouble} />
      <div class="tools">
        ${tools}
        ${
          filter === undefined
            ? null
            : html`<${Tool}
              icon="filter" label=${filtered ? `Filter ${title}: narrowed` : `Filter ${title}`}
              class=${filtered ? "narrows is-marked" : "narrows"} pressed=${filtering} run=${() => setFiltering(!filtering)}
            />`
        }
        ${
          csv === undefined
            ? null
            : html`<${Tool} icon="download" label=${`${title} as CSV`} href=${csv} download="" class="wide-only" />`
        }
        ${href === undefined ? null : html`<${Tool} icon="open" label=${`All of ${title}`} href=${href} />`}
      </div>
    </header>
    ${
      problem === null
        ? null
        : html`<div class="notice">
          <${Icon} name="warning" />
          <span class="grow">${problem.text}</span>
          ${
            problem.action === undefined
              ? null
              : html`<button type="button" class="button small" onClick=${problem.action.run}>
                ${problem.action.label}
              </button>`
          }
        </div>`
    }
    ${bar === undefined ? null : html`<div class="bar">${bar}</div>`}
    ${
      filter !== undefined && filtering
        ? html`<div class="bar filters" role="group" aria-label=${`Filter ${title}`}>${filter}</div>`
        : null
    }
    <div class="body" tabindex="0" role="group" aria-labelledby="panel-${name}" ref=${reading.body}>
      <${ReadingContext.Provider} value=${reading}>${children}<//>
    </div>
    ${place?.corner}
  </section>`;
}

/** Losing the daemon comes first: whatever a source said, it was said before that. */
function PanelState({
  filled,
  newestAt,
  stale,
  trouble,
}: {
  filled: boolean | null;
  newestAt: string | null;
  stale: boolean;
  trouble: string | null;
}) {
  const store = useStore();
  const receivedAt = store.receivedAt.value;
  if (filled === null) {
    return (trouble ?? store.trouble.value) === null
      ? html`<${FreshnessMark} of="none" word="loading" />`
      : html`<${FreshnessMark} of="error" word="no answer" />`;
  }
  if (!store.upToDate.value && receivedAt !== null)
    return html`<${FreshnessMark} of="stale" word=${`stale since ${clockText(receivedAt)}`} />`;
  if (!filled || newestAt === null) return html`<${FreshnessMark} of="none" word="no data" />`;
  if (stale) return html`<${FreshnessMark} of="stale" word=${`stale since ${clockText(Date.parse(newestAt))}`} />`;
  return html`<${FreshnessMark} of="live" word="live"><span><i>updated </i><${Age} at=${newestAt} /></span><//>`;
}
