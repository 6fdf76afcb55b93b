import { html } from "htm/preact";
import { checkText, labelOf } from "../../src/views/check-words";
import type { TraceShape } from "../../src/views/trace";
import { Icon, type IconName } from "../parts/icon";
import { clockWithMs } from "../parts/time";

type Check = TraceShape["checks"][number];

/** What happened to one report, from the file to the alert: each check in its order, with the numbers compared. */
export function DecisionTrace({ of: trace }: { of: TraceShape }) {
  const { decision, checks, report } = trace;
  return html`<ol class="steps" aria-label=${`Decided by ${decision.rule}: ${decision.word}`}>
    ${
      report === null
        ? null
        : html`<${Step} at=${report.received_at} icon="check" name="received">
          <b class="file">${report.filename}</b> from ${report.source}
          ${report.backlog ? ", read at the first look" : ""}
          ${report.known ? ", the same content was read before" : ""}; in the log as ${report.correlation_id}
        <//>`
    }
    ${checks.map((check) => html`<${CheckStep} key=${check.word} of=${check} />`)}
    <${Step}
      at=${decision.timestamp} icon=${decision.word === "raised" ? "check" : "held"} name=${labelOf(decision.word)} word=${decision.word}
      tone=${decision.word === "raised" ? "raised" : "stopped"}
    >
      ${
        decision.word === "raised"
          ? html`${decision.priority.toUpperCase()}, alert ${decision.alert_id}`
          : html`<b>${decision.outcome === "held" ? "held back" : "not worth an alert"}</b>
            ${decision.note === null ? null : `, ${decision.note}`}`
      }
    <//>
  </ol>`;
}

function CheckStep({ of: check }: { of: Check }) {
  const { label, detail } = checkText(check);
  return html`<${Step}
    icon=${check.passed ? "check" : "held"} name=${label} word=${check.word} tone=${check.passed ? "" : "stopped"}
  >${detail}<//>`;
}

interface StepProps {
  readonly at?: string;
  readonly icon: IconName;
  readonly name: string;
  /** As the log, the metrics and the API call it. */
  readonly word?: string;
  readonly tone?: string;
  readonly children?: unknown;
}

function Step({ at, icon, name, word, tone = "", children }: StepProps) {
  return html`<li class=${tone}>
    <span class="at quiet">
      ${at === undefined ? null : html`<time datetime=${at}>${clockWithMs(Date.parse(at))}</time>`}
    </span>
    <${Icon} name=${icon} />
    <b class="name" title=${word}>${name}</b>
    <span class="answer">${children}</span>
  </li>`;
}
