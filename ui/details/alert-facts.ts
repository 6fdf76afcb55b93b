import { html } from "htm/preact";
import { ruleLabel } from "../../src/views/observation-words";
import type { AlertDetail } from "../../src/views/trace";
import { endWords } from "../../src/views/end-words";
import { momentText } from "../parts/time";
import { hrefOf } from "../shell/route";
import { FactRows } from "./fact-rows";
import { Opens } from "./opens";
import { Part } from "./part";

/** What the signal or the opportunity it is about says itself. */
const ofSubject = [
  "score",
  "strength",
  "reliability",
  "price",
  "strategy",
  "pattern",
  "confidence",
  "alphaPotential",
  "riskLevel",
];

/** When it began and ended, and what its rule measured. What does not apply does not stand there. */
export function AlertFacts({ of: alert }: { of: AlertDetail }) {
  const { signal, opportunity, details } = alert;
  return html`<${Part} title="About this alert" note=${alert.kind === "state" ? "until it is over" : ""}>
    <dl class="words">
      ${signal === null && opportunity === null ? null : html`<div><dt>Says</dt><dd>${alert.message}</dd></div>`}
      <div><dt>Rule</dt><dd>${ruleLabel(alert.rule)}</dd></div>
      <${Moment} name="Raised" at=${alert.timestamp} />
      <${Moment} name="Expires" at=${alert.ended_at === null ? alert.expires_at : null} />
      <${Moment} name="Ended" at=${alert.ended_at} />
      ${alert.end_reason === null ? null : html`<div><dt>Because</dt><dd>${endWords[alert.end_reason]}</dd></div>`}
      ${
        alert.superseded_by === null
          ? null
          : html`<div>
            <dt>Instead of it</dt>
            <dd>
              <${Opens} kind="alert" id=${alert.superseded_by} label=${`alert ${alert.superseded_by}`}>
                alert ${alert.superseded_by}
              <//>
            </dd>
          </div>`
      }
      ${
        alert.summed_up === null
          ? null
          : html`<div>
            <dt>All of them</dt>
            <dd><a href=${hrefOf("held-back", null, { missed: alert.id })}>what was missed</a></dd>
          </div>`
      }
      <${FactRows} of=${details} but=${signal === null && opportunity === null ? hostUnits(alert) : ofSubject} />
    </dl>
  <//>`;
}

/** Of the host only its message says in what a reading is counted. */
const hostUnits = ({ rule }: AlertDetail) => (rule === "host-pressure" ? ["value", "above"] : []);

function Moment({ name, at }: { name: string; at: string | null }) {
  return at === null ? null : html`<div><dt>${name}</dt><dd>${momentText(Date.parse(at))}</dd></div>`;
}
