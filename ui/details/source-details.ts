import { html } from "htm/preact";
import type { SourceDetail } from "../../src/views/sources";
import { useResource } from "../live/resource";
import { concernsSources } from "../pages/sources-page";
import { SourceFacts, SourceState } from "../panels/source-card";
import { count } from "../parts/numbers";
import { hrefOf } from "../shell/route";
import { Opens } from "./opens";
import { Part } from "./part";
import { Loading, SheetFrame, type SheetProps } from "./sheet";

/** One source: its state, what it sends how often, and what was refused. Its id is its name. */
export function Sheet({ id: name, close }: SheetProps) {
  const { value, trouble } = useResource<{ readonly items: readonly SourceDetail[] }>("api/sources", {
    changedBy: concernsSources,
    everyMs: 5000,
  });
  const source = value?.items.find((each) => each.name === name) ?? null;
  return html`<${SheetFrame}
    opened=${{ kind: "source", id: name }} label=${`Source ${name}`} close=${close}
    head=${html`<h2>Source ${name}</h2>${source === null ? null : html`<span class="wide-only"><${SourceState} of=${source} /></span>`}`}
    foot=${html`<a class="button" href=${hrefOf("signals", null, { source: name })}>Newest signals</a>
      <a class="button" href=${hrefOf("quarantine", null, { source: name })}>Not read</a>`}
  >
    ${
      source === null
        ? html`<${Loading} id=${name} what="source" trouble=${value === null ? trouble : "There is no source of this name."} />`
        : html`<${Whole} of=${source} />`
    }
  <//>`;
}

function Whole({ of: source }: { of: SourceDetail }) {
  const { refused_of_last: refused, waiting, read, total } = source;
  return html`<${Part} title="State and habits">
      <p class="pad phone-only"><${SourceState} of=${source} /></p>
      <div class="pad source-card"><${SourceFacts} of=${source} /></div>
    <//>
    <${Part} title="How its folder is read">
      <dl class="words">
        ${total === 0 ? null : html`<div><dt>First look</dt><dd>${count(read)} of ${count(total)} files read</dd></div>`}
        <div><dt>Half written</dt><dd>${waiting === 0 ? "no file" : `${count(waiting)} may still be completed`}</dd></div>
        <div><dt>Refused</dt><dd>${count(refused.refused)} of its last ${count(refused.of)} reports</dd></div>
        <div><dt>Health</dt><dd>
          <${Opens} kind="check" id=${`source:${source.name}`} label=${`the check of ${source.name}`}>its check<//>
        </dd></div>
      </dl>
    <//>`;
}
