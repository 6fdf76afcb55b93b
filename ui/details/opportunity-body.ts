import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import type { Opportunity } from "../../src/core/opportunity";
import type { OpportunityDetail } from "../../src/views/trace";
import { AgainstPart } from "./against-part";
import { Decisions } from "./decisions";
import { OpportunityFacts } from "./opportunity-facts";
import { OpportunityNumbers } from "./opportunity-numbers";
import { Part } from "./part";

export interface OpportunityBodyProps {
  readonly of: OpportunityDetail;
  readonly front?: string | null;
  readonly middle?: ComponentChildren;
  readonly end?: ComponentChildren;
}

/** All that is known of an opportunity: by itself, of an alert about it, of a decision on it. */
export function OpportunityBody({ of: detail, front = null, middle = null, end = null }: OpportunityBodyProps) {
  const known = detail.known as Partial<Opportunity>;
  return html`<div class="columns">
    <div class="right">
      <${OpportunityFacts} of=${detail} />
      ${middle}
      <${Decisions} of=${detail.trace} alerts=${detail.alerts} front=${front} />
    </div>
    <div class="left">
      <${AgainstPart} symbol=${detail.symbol} at=${detail.timestamp} timeframe=${known.timeframe} />
      <${OpportunityNumbers} of=${known} />
      <${Words} of=${known} />
      ${end}
    </div>
  </div>`;
}

function Words({ of: known }: { of: Partial<Opportunity> }) {
  const lines = [
    ["Why", known.insight ?? ""],
    ["What to do", known.action ?? ""],
    ["Enter", (known.entryConditions ?? []).join("; ")],
    ["Leave", (known.exitConditions ?? []).join("; ")],
    ["Lasts", known.expectedDuration ?? ""],
  ].filter(([, text]) => text !== "");
  if (lines.length === 0) return null;
  return html`<${Part} title="In words" note="as it was found or reported">
    <dl class="words">${lines.map(([name, text]) => html`<div key=${name}><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>
  <//>`;
}
