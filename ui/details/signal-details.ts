import { html } from "htm/preact";
import { useState } from "preact/hooks";
import type { SignalDetail } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { Direction } from "../parts/direction";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";
import type { Frame } from "../wire";
import { Part } from "./part";
import { RawReport } from "./raw-report";
import { Loading, SheetFrame, type SheetProps } from "./sheet";
import { SignalBody } from "./signal-body";

/** One signal with everything that is known of it. */
export function Sheet({ id, close, decision = null }: SheetProps) {
  const { value: detail, trouble } = useResource<SignalDetail>(`api/signals/${encodeURIComponent(id)}`, {
    changedBy: (frame) => concernsSignal(frame, id),
  });
  const [raw, showRaw] = useState(false);
  const label = detail === null ? "Signal" : `${detail.direction} ${detail.symbol}`;
  const foot =
    detail === null
      ? null
      : html`<button
        type="button" class="button" aria-expanded=${raw ? "true" : "false"} onClick=${() => showRaw(!raw)}
      >${raw ? "Hide the raw report" : "Raw report"}</button>`;
  return html`<${SheetFrame}
    opened=${decision === null ? { kind: "signal", id } : { kind: "decision", id: decision.id }} label=${label}
    close=${close} head=${detail === null ? html`<h2>Signal</h2>` : html`<${Head} of=${detail} decision=${decision} />`}
    foot=${foot}
  >
    ${
      detail === null
        ? html`<${Loading} id=${id} what="signal" trouble=${trouble} />`
        : html`<${SignalBody}
          of=${detail} front=${decision?.id}
          top=${raw ? html`<${Part} title="Raw report" class="wide"><${RawReport} of=${detail.raw} /><//>` : null}
        />`
    }
  <//>`;
}

function Head({ of: detail, decision }: { of: SignalDetail } & Pick<Required<SheetProps>, "decision">) {
  const priority = decision?.priority ?? detail.alerts.at(-1)?.priority ?? null;
  return html`<h2><${Direction} of=${detail.direction} /> <${SymbolLink} of=${detail.symbol} /></h2>
    ${priority === null ? null : html`<${Priority} of=${priority} />`}
    <${Decision} of=${decision?.word ?? detail.decision} />
    <span class="quiet"><${Age} at=${detail.received_at} /></span>
    <span class="quiet wide-only">
      ${detail.id}, from ${detail.source}
      ${detail.strategy === null || detail.strategy === detail.source ? "" : `, ${detail.strategy}`}
    </span>`;
}

/** Whether a frame changes what is shown of this signal. */
export function concernsSignal(frame: Frame, id: string): boolean {
  if (frame.type === "signal_changed") return frame.signal.id === id;
  return (frame.type === "new_alert" || frame.type === "alert_changed") && frame.alert.signal_id === id;
}
