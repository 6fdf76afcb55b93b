import { html } from "htm/preact";
import { checkText, labelOf } from "../../src/views/check-words";
import type { TraceShape } from "../../src/views/trace";
import { Icon, type IconName } from "../parts/icon";
import { clockWithMs } from "../parts/time";

type Check = TraceShape["checks"][number];

/** What decided, first; then the way from the file to it: each other check in its order, with the numbers compared. */
export function DecisionTrace({ of: trace }: { of: TraceShape }) {
  const { decision, checks, report } = trace;
  const deciding = decision.word === "raised" ? null : (checks.find(({ passed }) => !passed) ?? null);
  return html`<ol class="steps" aria-label=${`${labelOf(decision.word)}, and how it came to that`}>
    <${Deciding} of=${decision} by=${deciding} />
    ${
      report === null
        ? null
        : html`<${Step} at=${report.received_at} icon="check" name="received">
          <b class="file">${report.filename}</b> from ${report.source}
          ${report.backlog ? ", read at the first look" : ""}
          ${report.known ? ", the same content was read before" : ""}; in the log as ${report.correlation_id}
        <//>`
    }
    ${checks.map((check) => (check === deciding ? null : html`<${CheckStep} key=${check.word} of=${check} />`))}
  </ol>`;
}

function Deciding({ of: decision, by }: { of: TraceShape["decision"]; by: Check | null }) {
  const { word, outcome, timestamp, priority, alert_id: alert } = decision;
  if (word === "raised")
    return html`<${Step} at=${timestamp} icon="check" name="raised" word=${word} tone="raised">
      as ${priority}, alert ${alert}
    <//>`;
  const detail = by === null ? "" : checkText(by).detail;
  return html`<${Step} at=${timestamp} icon="held" name=${labelOf(word)} word=${word} tone="stopped">
    <b>${outcome === "held" ? "held back" : "not worth an alert"}</b>${detail === "" ? "" : `: ${detail}`}
  <//>`;
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
