import { html } from "htm/preact";
import { Opens } from "../details/opens";
import { useSteady } from "../lists/use-steady";
import type { SymbolEntry, Symbols, SymbolSignal } from "../live/symbols";
import { componentName, disagrees } from "../parts/agreement";
import { Direction } from "../parts/direction";
import { Icon } from "../parts/icon";
import { points } from "../parts/numbers";
import { SymbolLink } from "../parts/symbol-link";
import { Term } from "../parts/term";

/**
 * Every symbol's newest score that came with its parts, each part as a figure on its colour; what points the other
 * way has a sign.
 */
export function ComponentMatrix({ symbols }: { symbols: Symbols }) {
  const rows = symbols.items.flatMap((entry) => {
    const newest = entry.history.findLast(({ parts }) => parts.length > 0);
    return newest === undefined ? [] : [{ entry, newest }];
  });
  const steady = useSteady(rows, ({ entry, newest }) => `${entry.symbol} ${newest.id}`);
  const silent = symbols.items.length - rows.length;
  if (rows.length === 0)
    return html`<div class="empty">
      <p class="none"><${Icon} name="none" />no data</p>
      <p>No report of this time says what its score is made of.</p>
      <p>Reports with \`components\` fill this table.</p>
    </div>`;
  return html`<div class="sideways" tabindex="0" role="group" aria-label="Symbols and components">
    <table class="matrix">
      <caption class="sr">Score of each component by symbol, 50 is neutral</caption>
      <thead>
        <tr>
          <th scope="col">Symbol</th>
          <th scope="col"><${Term} of="score">Score<//></th>
          ${symbols.components.map((name) => html`<th key=${name} scope="col" class="num">${componentName(name)}</th>`)}
          <th scope="col"><${Term} of="confluence">Confluence<//></th>
        </tr>
      </thead>
      <tbody>
        ${steady.map(
          ({ entry, newest }) =>
            html`<${Line} key=${entry.symbol} entry=${entry} newest=${newest} names=${symbols.components} />`,
        )}
      </tbody>
    </table>
  </div>
    <p class="aside legend quiet">
      <span>50 is neutral; above is for long, below for short</span>
      <span><${Icon} name="warning" />points the other way than the whole</span>
      ${silent === 0 ? null : html`<span>${silent} more without components</span>`}
    </p>`;
}

function Line({ entry, newest, names }: { entry: SymbolEntry; newest: SymbolSignal; names: readonly string[] }) {
  const given = names.filter((_, n) => (newest.parts[n] ?? null) !== null).length;
  const against = names.filter((_, n) => disagrees(newest.direction, newest.parts[n] ?? null)).length;
  return html`<tr>
    <th scope="row"><${SymbolLink} of=${entry.symbol} /></th>
    <td>
      <${Opens}
        kind="signal" id=${newest.id}
        label=${`${newest.direction} ${points(newest.score) ?? ""}, ${entry.symbol}: details`}
      ><${Direction} of=${newest.direction} /> <span class="num">${points(newest.score)}</span><//>
    </td>
    ${names.map(
      (name, n) =>
        html`<${Cell}
          key=${name} of=${newest.parts[n] ?? null} against=${disagrees(newest.direction, newest.parts[n] ?? null)}
        />`,
    )}
    <td class=${against > 0 ? "warn" : "quiet"}>
      ${against === 0 ? `all ${given}` : `${given - against} of ${given}`}
    </td>
  </tr>`;
}

const size = { width: 64, height: 24 };

function Cell({ of: score, against }: { of: number | null; against: boolean }) {
  if (score === null) return html`<td class="num quiet">no data</td>`;
  const tint = 0.08 + 0.4 * Math.min(1, Math.abs(score - 50) / 50);
  return html`<td class="cell">
    <svg
      width=${size.width} height=${size.height} viewBox="0 0 ${size.width} ${size.height}" role="img"
      aria-label=${`${points(score)}${against ? ", disagrees" : ""}`}
    >
      <rect
        class=${score < 50 ? "short" : "long"} width=${size.width} height=${size.height} rx="2" fill-opacity=${tint}
      />
      ${against ? html`<path class="sign" d="M7 7.500 12 16H2z" />` : null}
      <text x=${size.width - 8} y="16" text-anchor="end">${points(score)}</text>
    </svg>
  </td>`;
}
