import { html } from "htm/preact";
import type { SourceDetail } from "../../src/views/sources";
import { useResource } from "../live/resource";
import { SourceCard } from "../panels/source-card";
import { Panel } from "../panels/panel";
import { Empty } from "../parts/empty";
import { FirstSteps } from "../parts/first-steps";
import type { Frame } from "../wire";

export const concernsSources = (frame: Frame) =>
  frame.type === "new_signal" ||
  frame.type === "signal_changed" ||
  frame.type === "dashboard_update" ||
  frame.type === "store_fault";

/** Every source: its state, and the habits of its signals. */
export function Page() {
  const { value, trouble } = useResource<{ readonly items: readonly SourceDetail[] }>("api/sources", {
    changedBy: concernsSources,
    everyMs: 5000,
  });
  const sources = value?.items ?? [];
  const newest =
    sources
      .map(({ last_report_at: at }) => at)
      .filter((at) => at !== null)
      .toSorted()
      .at(-1) ?? null;
  return html`<main class="page" tabindex="-1" aria-label="Sources">
    <${Panel}
      name="sources" title="Sources" filled=${value === null ? null : sources.length > 0} newestAt=${newest} said="last report"
      trouble=${trouble}
    >
      ${
        sources.length === 0
          ? html`<${Empty}
            known=${value !== null} coming=${{ shape: "tiles" }} trouble=${trouble} why="No source is configured."
            next="Name a folder of reports in virtuoso.config.ts, or start with --reports DIR."
          />`
          : html`<div class="source-cards">
            ${sources.map((source) => html`<${SourceCard} key=${source.name} of=${source} />`)}
          </div>
            ${newest === null ? html`<${FirstSteps} sources=${sources} />` : null}`
      }
    <//>
  </main>`;
}
