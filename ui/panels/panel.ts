import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useContext, useMemo, useState } from "preact/hooks";
import { NewsButton } from "../lists/news-button";
import { createReading, ReadingContext, type Reading } from "../lists/reading";
import { Icon } from "../parts/icon";
import { Tool } from "../parts/tool";
import type { Expected } from "../live/freshness";
import { PanelPlace } from "./panel-place";
import { PanelState } from "./panel-state";

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
  /** What happened at `newestAt`, in a word or two. */
  readonly said?: string;
  /** The panel's own source says it is behind. */
  readonly stale?: boolean;
  /** What the panel's content comes from, where it is expected time and again; it says then how fresh the panel is. */
  readonly expected?: Expected | null;
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
  said = "newest",
  stale = false,
  expected = null,
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
  const wrong = problem ?? whyFailing(expected);
  const reading = useMemo(() => outside ?? createReading(), [outside]);
  const [filtering, setFiltering] = useState(filtered || open);
  return html`<section class="panel ${name}" aria-labelledby="panel-${name}">
    <header>
      <div class="title">
        ${place?.grip}
        <h2 id="panel-${name}">${href === undefined ? title : html`<a href=${href}>${title}</a>`}</h2>
        <${NewsButton} title=${title} of=${reading.news} />
      </div>
      <${PanelState}
        filled=${filled} newestAt=${newestAt} said=${said} stale=${stale} expected=${expected} trouble=${trouble}
      />
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
            : html`<${Tool} icon="download" label=${`${title} as CSV`} href=${csv} download="" />`
        }
        ${href === undefined ? null : html`<${Tool} icon="open" label=${`All of ${title}`} href=${href} />`}
      </div>
    </header>
    ${
      wrong === null
        ? null
        : html`<div class="notice">
          <${Icon} name="warning" />
          <span class="grow">${wrong.text}</span>
          ${
            wrong.action === undefined
              ? null
              : html`<button type="button" class="button small" onClick=${wrong.action.run}>
                ${wrong.action.label}
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

/** What the panel's content comes from says itself why it fails. */
function whyFailing(expected: Expected | null): PanelProblem | null {
  if (expected === null || expected.state !== "failing" || expected.why === null) return null;
  return { text: `${expected.kind === "source" ? "The source" : "The scan"} fails: ${expected.why}` };
}
