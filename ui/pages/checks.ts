import { html } from "htm/preact";
import type { TraceShape } from "../../src/views/trace";
import { Decision } from "../parts/decision";
import { Icon } from "../parts/icon";
import { figure } from "../parts/numbers";

type Check = TraceShape["checks"][number];

/** What was asked before an alert was raised or held back, in order, with the numbers compared. */
export function Checks({ of: { decision, checks } }: { of: TraceShape }) {
  return html`<div class="trace">
    <p>
      <span class="label">Decided</span> <${Decision} of=${decision.word} />
      ${decision.note === null ? null : html` <span class="quiet">${decision.note}</span>`}
    </p>
    <ul>
      ${checks.map(
        (check) =>
          html`<li key=${check.word}>
            <${Icon} name=${check.passed ? "check" : "held"} /><b>${check.word}</b>
            <span class="quiet">${comparedText(check)}</span>
          </li>`,
      )}
    </ul>
  </div>`;
}

function comparedText({ passed, value, limit, note }: Check): string {
  const numbers = value === null ? "" : `${textOf(value)}${limit === null ? "" : `, limit ${textOf(limit)}`}`;
  return [passed ? "no" : "yes", numbers, note].filter(Boolean).join(": ");
}

function textOf(value: number | string): string {
  return typeof value === "string" ? value : (figure(value) ?? "");
}
