import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useMemo } from "preact/hooks";
import type { Signal } from "../../src/core/signal";
import type { SymbolDetail } from "../../src/views/symbols";
import type { SignalDetail } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { componentName, disagrees } from "../parts/agreement";
import { points } from "../parts/numbers";
import { ComponentTable } from "./component-table";
import { Decisions } from "./decisions";
import { Neighbours } from "./neighbours";
import { Part } from "./part";
import { levelsOf, PlanPart } from "./plan-part";
import { PricePart } from "./price-part";
import { SignalFacts } from "./signal-facts";

type Known = Partial<Pick<Signal, "plan" | "components" | "words">>;

export interface SignalBodyProps {
  readonly of: SignalDetail;
  /** The decision that stands first, where one was opened. */
  readonly front?: string | null;
  /** What the chart marks. */
  readonly words?: string;
  /** Above all else. */
  readonly top?: ComponentChildren;
  /** Between the facts and what was decided. */
  readonly middle?: ComponentChildren;
  /** Below what the signal says. */
  readonly end?: ComponentChildren;
}

/** All that is known of a signal: by itself, of an alert about it, of a decision on it. */
export function SignalBody({
  of: detail,
  front = null,
  words = "this signal",
  top = null,
  middle = null,
  end = null,
}: SignalBodyProps) {
  const known = detail.known as Known;
  const components = known.components ?? [];
  const { value: symbol } = useResource<SymbolDetail>(`api/symbols/${encodeURIComponent(detail.symbol)}`, {
    changedBy: (frame) => frame.type === "market_update",
    everyMs: 5000,
  });
  const signals = useMemo(() => [detail], [detail]);
  const plan = known.plan ?? null;
  const levels = useMemo(() => levelsOf(plan), [plan]);
  const agreeing = components.filter(({ score }) => score !== null && !disagrees(detail.direction, score)).length;
  return html`<div class="columns">
    ${top}
    <div class="right">
      <${SignalFacts} of=${detail} symbol=${symbol} />
      ${plan === null ? null : html`<${PlanPart} plan=${plan} signalPrice=${detail.price} symbol=${symbol} />`}
      ${middle}
      <${Decisions} of=${detail.trace} alerts=${detail.alerts} front=${front} />
    </div>
    <div class="left">
      <${PricePart}
        symbol=${detail.symbol} at=${detail.timestamp} words=${words} signals=${signals} levels=${levels}
      />
      <${Part}
        title=${`Why ${points(detail.score) ?? "no score"}`}
        note=${components.length === 0 ? "" : `${agreeing} of ${components.length} components agree`}
      >
        ${
          components.length === 0
            ? html`<p class="quiet pad">The report does not say what its score is made of.</p>`
            : html`<${ComponentTable} row=${detail} components=${components} />`
        }
      <//>
      <${Words} components=${components} words=${known.words ?? []} />
      ${end}
      <${Part}
        title=${`${detail.symbol} before and after`}
        note=${detail.neighbours.after.length === 0 ? "after: none yet" : ""}
      ><${Neighbours} of=${detail} /><//>
    </div>
  </div>`;
}

function Words({
  components,
  words,
}: {
  components: NonNullable<Known["components"]>;
  words: NonNullable<Known["words"]>;
}) {
  const lines = [
    ...words.filter(({ kind }) => kind !== "component").map(({ component, text }) => ({ name: component, text })),
    ...components.flatMap(({ name, interpretation }) =>
      interpretation === null ? [] : [{ name, text: interpretation }],
    ),
  ];
  const each = lines.filter(({ text }, n) => lines.findIndex((other) => other.text === text) === n);
  if (each.length === 0) return null;
  return html`<${Part} title="Interpretations" note="from the report, as text">
    <dl class="words">
      ${each.map(
        ({ name, text }, n) =>
          html`<div key=${n}><dt>${name === null ? "insight" : componentName(name)}</dt><dd>${text}</dd></div>`,
      )}
    </dl>
  <//>`;
}
