import { html } from "htm/preact";
import type { Component } from "../../src/core/signal";
import { componentName, disagrees } from "../parts/agreement";
import { percentOfRatio, points } from "../parts/numbers";
import { RatioBar } from "../parts/ratio-bar";
import { ScoreBar } from "../parts/score-bar";
import { Term } from "../parts/term";
import { Value } from "../parts/value";
import type { SignalShape } from "../wire";

/** What a score is made of: each part, its weight and how far it moved the whole from 50. */
export function ComponentTable({ row, components }: { row: SignalShape; components: readonly Component[] }) {
  const parts = components
    .map((component) => ({ ...component, moved: impactOf(component) }))
    .toSorted((a, b) => Math.abs(b.moved ?? 0) - Math.abs(a.moved ?? 0));
  const weighed = parts.some(({ weight }) => weight !== null);
  const moving = parts.some(({ moved }) => moved !== null);
  return html`<div class="sideways" tabindex="0" role="group" aria-label="Components of the score">
    <table class="parts">
      <caption class="sr">Parts of the score</caption>
      <thead>
        <tr>
          <th scope="col"><${Term} of="component">Component<//></th>
          <th scope="col">Score, 50 is neutral</th>
          ${weighed ? html`<th scope="col"><${Term} of="weight">Weight<//></th>` : null}
          ${moving ? html`<th scope="col" class="num"><${Term} of="impact">Impact<//></th>` : null}
        </tr>
      </thead>
      <tbody>
        ${parts.map(
          ({ name, score, weight, moved }) => html`<tr key=${name}>
            <th scope="row">
              ${componentName(name)}
              ${disagrees(row.direction, score) ? html` <span class="warn">disagrees</span>` : null}
            </th>
            <td>
              ${
                score === null
                  ? html`<${Value} of=${null} />`
                  : html`<${ScoreBar}
                    row=${{
                      direction: score < 50 ? "short" : "long",
                      score,
                      strength: score < 50 ? 100 - score : score,
                      decision: row.decision,
                    }}
                    figure=${points(score)}
                  />`
              }
            </td>
            ${
              weighed
                ? html`<td>
                  ${
                    weight === null
                      ? html`<${Value} of=${null} />`
                      : html`<${RatioBar} of=${weight} name="weight" min=${null} />`
                  }
                </td>`
                : null
            }
            ${
              moving
                ? html`<td class="num ${moved === null || moved === 0 ? "" : moved > 0 ? "long" : "short"}">
                  <${Value} of=${signed(moved)} />
                </td>`
                : null
            }
          </tr>`,
        )}
      </tbody>
      <${Sum} row=${row} parts=${parts} weighed=${weighed} />
    </table>
  </div>`;
}

type Part = Component & { readonly moved: number | null };

/** Only where every part has its weight do they add up to something. */
function Sum({ row, parts, weighed }: { row: SignalShape; parts: readonly Part[]; weighed: boolean }) {
  if (!weighed || parts.some(({ weight, score }) => weight === null || score === null)) return null;
  const weight = parts.reduce((sum, part) => sum + (part.weight ?? 0), 0);
  const moved = parts.reduce((sum, part) => sum + (part.weight ?? 0) * ((part.score ?? 50) - 50), 0);
  const agrees = row.score !== null && Math.abs(50 + moved - row.score) < 1;
  return html`<tfoot>
    <tr>
      <th scope="row" class="quiet">50 + sum of weight x (score \u2212 50)</th>
      <td>
        <b class="num">${points(50 + moved)}</b>
        ${agrees ? null : html` <span class="warn">the report says ${points(row.score) ?? "nothing"}</span>`}
      </td>
      <td>${percentOfRatio(weight)}</td>
      <td class="num">${signed(moved)}</td>
    </tr>
  </tfoot>`;
}

/** As reported; else what its weight makes of it, in score points. */
function impactOf({ impact, weight, score }: Component): number | null {
  if (impact !== null) return impact;
  return weight === null || score === null ? null : weight * (score - 50);
}

function signed(value: number | null): string | null {
  const text = points(value);
  return value !== null && value > 0 && text !== points(0) ? `+${text}` : text;
}
