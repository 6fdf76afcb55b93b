import { html } from "htm/preact";
import type { TraceShape } from "../../src/views/trace";
import { Icon, type IconName } from "../parts/icon";
import { figure } from "../parts/numbers";
import { clockWithMs } from "../parts/time";

type Check = TraceShape["checks"][number];

/** What happened to one report, from the file to the alert: each question in the order it was asked, with the numbers compared. */
export function DecisionTrace({ of: trace }: { of: TraceShape }) {
  const { decision, checks, report } = trace;
  return html`<ol class="steps" aria-label=${`Decided by ${decision.rule}: ${decision.word}`}>
    ${
      report === null
        ? null
        : html`<${Step} at=${report.received_at} icon="check" name="received">
          <b class="file">${report.filename}</b> from ${report.source}
          ${report.backlog ? ", found by a first look" : ""}
          ${report.known ? ", the same content was read before" : ""}; in the log as ${report.correlation_id}
        <//>`
    }
    ${checks.map(
      (check) =>
        html`<${Step}
          key=${check.word} icon=${iconOf(check)} name=${check.word} manner=${check.passed ? "" : "stopped"}
        >${answerOf(check)}<//>`,
    )}
    <${Step}
      at=${decision.timestamp} icon=${decision.word === "raised" ? "check" : "held"} name=${decision.word}
      manner=${decision.word === "raised" ? "raised" : "stopped"}
    >
      ${
        decision.word === "raised"
          ? html`${decision.priority.toUpperCase()}, alert ${decision.alert_id}`
          : html`<b>${decision.outcome === "held" ? "held back" : "not worth an alert"}</b>
            ${decision.note === null ? null : ` because ${decision.note}`}`
      }
    <//>
  </ol>`;
}

interface StepProps {
  readonly at?: string;
  readonly icon: IconName;
  readonly name: string;
  readonly manner?: string;
  readonly children?: unknown;
}

function Step({ at, icon, name, manner = "", children }: StepProps) {
  return html`<li class=${manner}>
    <span class="at quiet">
      ${at === undefined ? null : html`<time datetime=${at}>${clockWithMs(Date.parse(at))}</time>`}
    </span>
    <${Icon} name=${icon} />
    <b class="name">${name}</b>
    <span class="answer">${children}</span>
  </li>`;
}

function iconOf({ passed }: Check): IconName {
  return passed ? "check" : "held";
}

/** Each word asks whether there is a reason to stop: passed answers no. */
function answerOf({ passed, value, limit, note }: Check) {
  const numbers =
    value === null ? null : html`<b>${textOf(value)}</b>${limit === null ? null : html`, limit ${textOf(limit)}`}`;
  return html`${passed ? "no" : "yes"}
    ${numbers === null && note === null ? null : ": "}
    ${numbers}
    ${note === null ? null : numbers === null ? note : `, ${note}`}`;
}

function textOf(value: number | string): string {
  return typeof value === "string" ? value : (figure(value) ?? "");
}
