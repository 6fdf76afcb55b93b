import { html } from "htm/preact";
import { checkText, labelOf } from "../../src/views/check-words";
import type { TraceShape } from "../../src/views/trace";
import { Icon, type IconName } from "../parts/icon";
import { clockWithMs } from "../parts/time";
import type { AlertShape } from "../wire";
import { AlertLink } from "./alert-link";

type Check = TraceShape["checks"][number];

/** What decided, first; then the way from the file to it: each other check in its order, with the numbers compared. */
export function DecisionTrace({ of: trace, alert }: { of: TraceShape; alert?: AlertShape | undefined }) {
  const { decision, checks, report } = trace;
  const deciding = decision.word === "raised" ? null : (checks.find(({ passed }) => !passed) ?? null);
  return html`<ol class="steps" aria-label=${`${labelOf(decision.word)}, and how it came to that`}>
    <${Deciding} of=${decision} by=${deciding} alert=${alert} />
    ${
      report === null
        ? null
        : html`<${Step} at=${report.received_at} icon="check" name="received">
          <b class="file">${report.filename}</b> from ${report.source}
          ${report.backlog ? ", read at the first look" : ""}
          ${report.known ? ", the same content was read before" : ""}; in the log as ${report.correlation_id}
        <//>`
    }
    ${checks.map((check, n) => (check === deciding ? null : html`<${CheckStep} key=${n} of=${check} />`))}
  </ol>`;
}

interface DecidingProps {
  readonly of: TraceShape["decision"];
  readonly by: Check | null;
  readonly alert: AlertShape | undefined;
}

function Deciding({ of: { word, outcome, timestamp, priority }, by, alert }: DecidingProps) {
  if (word === "raised")
    return html`<${Step} at=${timestamp} icon="check" name="raised" word=${word} tone="raised">
      <b>${priority} priority</b>${alert === undefined ? null : html`, <${AlertLink} of=${alert} />`}
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
