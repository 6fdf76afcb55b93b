import { html } from "htm/preact";
import type { SignalDetail } from "../../src/views/trace";
import { Decision } from "../parts/decision";
import { Direction } from "../parts/direction";
import { ScoreBar } from "../parts/score-bar";
import { durationText } from "../parts/time";
import type { SignalShape } from "../wire";
import { Opens } from "./opens";

/** What was said of the symbol just before and just after. */
export function Neighbours({ of: detail }: { of: SignalDetail }) {
  const { before, after } = detail.neighbours;
  const apart = (row: SignalShape) => {
    const ms = Math.abs(Date.parse(row.received_at) - Date.parse(detail.received_at));
    return ms < 1000 ? "just" : durationText(ms);
  };
  const line = (row: SignalShape, words: string) =>
    html`<tr class="row" key=${row.id}>
      <td class="quiet">${apart(row)} ${words}</td>
      <td>
        <${Opens} kind="signal" id=${row.id} label=${`${row.direction} ${row.symbol}, ${apart(row)} ${words}`}>
          <${Direction} of=${row.direction} />
        <//>
      </td>
      <td><${ScoreBar} row=${row} /></td>
      <td><${Decision} of=${row.decision} /></td>
      <td class="quiet">${row.strategy ?? row.source}</td>
    </tr>`;
  if (before.length + after.length === 0)
    return html`<p class="quiet pad">These are all signals of ${detail.symbol}.</p>`;
  return html`<div class="sideways" tabindex="0" role="group" aria-label="Signals before and after">
    <table class="neighbours">
      <caption class="sr">Signals of ${detail.symbol} before and after, newest first</caption>
      <tbody>${after.toReversed().map((row) => line(row, "after"))}${before.map((row) => line(row, "before"))}</tbody>
    </table>
  </div>`;
}
