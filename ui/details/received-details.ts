import { html } from "htm/preact";
import type { MarketFinding } from "../../src/core/overview/market-finding";
import type { DecisionShape } from "../../src/views/decisions";
import { observationLabel, ruleLabel } from "../../src/views/observation-words";
import type { ReceivedDetail } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { AlertsList } from "../panels/alert-line";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";
import { momentText } from "../parts/time";
import { Decisions } from "./decisions";
import { FactRows, FindingRows } from "./fact-rows";
import { Part } from "./part";
import { PricePart } from "./price-part";
import { Loading, SheetFrame, type SheetProps } from "./sheet";

/** What was received at once, or a view of the market: what it said, and what was decided of it. */
export function Sheet({ id, close }: SheetProps) {
  return html`<${ReceivedSheet} id=${id} close=${close} decision=${null} />`;
}

interface ReceivedSheetProps {
  /** Null where an older version did not keep what a decision was about. */
  readonly id: string | null;
  readonly close: () => void;
  /** The decision on it that was opened. */
  readonly decision: DecisionShape | null;
}

export function ReceivedSheet({ id, close, decision }: ReceivedSheetProps) {
  const { value, trouble } = useResource<ReceivedDetail>(`api/received/${encodeURIComponent(id ?? "")}`);
  const title =
    decision === null ? (value === null ? "Received" : observationLabel(value.kind)) : ruleLabel(decision.rule);
  return html`<${SheetFrame}
    opened=${decision === null ? { kind: "received", id: id ?? "" } : { kind: "decision", id: decision.id }}
    label=${title} close=${close} head=${html`<${Head} title=${title} id=${id} of=${value} decision=${decision} />`}
  >
    ${
      value === null
        ? html`<${Loading} id=${id ?? ""} what="observation" trouble=${trouble} />`
        : html`<${Whole} of=${value} decision=${decision} />`
    }
  <//>`;
}

interface HeadProps extends Pick<ReceivedSheetProps, "id" | "decision"> {
  readonly title: string;
  readonly of: ReceivedDetail | null;
}

function Head({ title, id, of: received, decision }: HeadProps) {
  const at = decision?.timestamp ?? received?.received_at ?? null;
  const source = decision?.source ?? received?.source ?? null;
  return html`<h2>${title}${decision?.symbol ? html` <${SymbolLink} of=${decision.symbol} />` : null}</h2>
    ${decision === null ? null : html`<${Priority} of=${decision.priority} /><${Decision} of=${decision.word} />`}
    ${at === null ? null : html`<span class="quiet"><${Age} at=${at} /></span>`}
    <span class="quiet wide-only">${[id, source === null ? null : `from ${source}`].filter(Boolean).join(", ")}</span>`;
}

/** Said elsewhere, or for the program alone. */
const unsaid = ["source", "kind", "seq", "receivedAt"];

function Whole({ of: received, decision }: { of: ReceivedDetail; decision: DecisionShape | null }) {
  const finding = findingOf(received, decision);
  return html`<div class="columns">
    <div class="right">
      <${Decisions} of=${received.trace} alerts=${received.alerts} front=${decision?.id} />
    </div>
    <div class="left">
      ${
        decision?.symbol
          ? html`<${PricePart} symbol=${decision.symbol} at=${decision.timestamp} words="this decision" />`
          : null
      }
      <${Part} title="What was received" note=${observationLabel(received.kind).toLowerCase()}>
        ${finding === null ? null : html`<p class="pad message-large">${finding.message}</p>`}
        <dl class="words">
          ${finding === null ? null : html`<${FindingRows} of=${finding.why} />`}
          <div><dt>Received</dt><dd>${momentText(Date.parse(received.received_at))}</dd></div>
          <${FactRows} of=${received.known} but=${unsaid} />
        </dl>
      <//>
      ${
        received.alerts.length === 0
          ? null
          : html`<${Part} title="Alerts"><div class="alerts"><${AlertsList} rows=${received.alerts} /></div><//>`
      }
    </div>
  </div>`;
}

/** Of a scan, what it found that this decision was about. */
function findingOf({ known }: ReceivedDetail, decision: DecisionShape | null): MarketFinding | null {
  const findings = (known["findings"] ?? []) as readonly MarketFinding[];
  return findings.find(({ name, symbol }) => name === decision?.rule && symbol === decision.symbol) ?? null;
}
