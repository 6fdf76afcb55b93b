import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useMemo, useState } from "preact/hooks";
import type { Signal } from "../../src/core/signal";
import type { SymbolDetail } from "../../src/views/symbols";
import type { SignalDetail } from "../../src/views/trace";
import type { Level } from "../charts/candle-drawing";
import { CandlePanel } from "../charts/candle-panel";
import { useStore } from "../store-context";
import { useResource } from "../live/resource";
import { Age } from "../parts/age";
import { componentName, disagrees } from "../parts/agreement";
import { Decision } from "../parts/decision";
import { Direction } from "../parts/direction";
import { Fact } from "../parts/fact";
import { percent, points, price, signedPercent } from "../parts/numbers";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";
import { ageText, durationText } from "../parts/time";
import { waiting } from "../parts/words";
import type { Opened } from "../shell/opened";
import type { Frame } from "../wire";
import { ComponentTable } from "./component-table";
import { Decisions } from "./decisions";
import { Neighbours } from "./neighbours";
import { PlanLadder } from "./plan-ladder";
import { RawReport } from "./raw-report";
import { SheetFrame } from "./sheet";

type Known = Partial<Pick<Signal, "plan" | "components" | "words" | "expiresAt" | "zoneAssumed" | "datedBy">>;

interface SheetProps {
  readonly id: string;
  readonly close: () => void;
  /** What the address names, where that is a decision about it. */
  readonly opened?: Opened;
}

/** One signal with everything that is known of it. */
export function Sheet({ id, close, opened = { kind: "signal", id } }: SheetProps) {
  const { value: detail, trouble } = useResource<SignalDetail>(`api/signals/${encodeURIComponent(id)}`, {
    changedBy: (frame) => concerns(frame, id),
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
    opened=${opened} label=${label} close=${close}
    head=${detail === null ? html`<h2>Signal</h2>` : html`<${Head} of=${detail} />`} foot=${foot}
  >
    ${
      detail === null
        ? html`<p class="pad quiet" role="status">${trouble ?? waiting}</p>`
        : html`<${Whole} of=${detail} raw=${raw} front=${opened.id} />`
    }
  <//>`;
}

function Head({ of: detail }: { of: SignalDetail }) {
  const priority = detail.alerts.at(-1)?.priority ?? null;
  return html`<h2><${Direction} of=${detail.direction} /> <${SymbolLink} of=${detail.symbol} /></h2>
    ${priority === null ? null : html`<${Priority} of=${priority} />`}
    <${Decision} of=${detail.decision} />
    <span class="quiet"><${Age} at=${detail.received_at} /></span>
    <span class="quiet wide-only">
      ${detail.id}, from ${detail.source}
      ${detail.strategy === null || detail.strategy === detail.source ? "" : `, ${detail.strategy}`}
    </span>`;
}

function Whole({ of: detail, raw, front }: { of: SignalDetail; raw: boolean; front: string }) {
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
    ${raw ? html`<${Section} title="Raw report" class="wide"><${RawReport} of=${detail.raw} /><//>` : null}
    <div class="right">
      <${Facts} of=${detail} symbol=${symbol} />
      ${
        plan === null
          ? null
          : html`<${Section} title="Plan to scale" note=${riskWords(plan, detail.price)}>
            <${Ladder} plan=${plan} of=${detail} symbol=${symbol} />
          <//>`
      }
      <${Decisions} of=${detail.trace} alerts=${detail.alerts} front=${front} />
    </div>
    <div class="left">
      <${CandlePanel}
        name="price-of-signal" symbol=${detail.symbol} signals=${signals} alerts=${detail.alerts} levels=${levels}
      />
      <${Section}
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
      <${Section}
        title=${`${detail.symbol} before and after`}
        note=${detail.neighbours.after.length === 0 ? "after: none yet" : ""}
      ><${Neighbours} of=${detail} /><//>
    </div>
  </div>`;
}

function Section({
  title,
  note = "",
  class: className = "",
  children,
}: {
  title: string;
  note?: string;
  class?: string;
  children?: ComponentChildren;
}) {
  return html`<section class="part ${className}">
    <header><h3>${title}</h3><span class="quiet">${note}</span></header>
    ${children}
  </section>`;
}

function Facts({ of: detail, symbol }: { of: SignalDetail; symbol: SymbolDetail | null }) {
  const settings = useStore().settings.value;
  const moved =
    detail.price === null || detail.price === 0 || symbol?.last === null || symbol === null
      ? null
      : ((symbol.last - detail.price) / detail.price) * 100;
  const lag = Date.parse(detail.received_at) - Date.parse(detail.timestamp);
  return html`<dl class="facts four">
    <${Fact} name="Strength" term="strength" value=${points(detail.strength)} note=${`score ${points(detail.score) ?? "no data"}`} />
    <${Fact}
      name="Reliability" term="reliability" value=${percent(detail.reliability)}
      note=${settings === null ? "" : `at least ${settings.signals.min_reliability} %`}
    />
    <${Fact}
      name="Price" value=${price(detail.price)} note=${moved === null ? "now: no data" : `now ${signedPercent(moved)}`}
    />
    <${Fact}
      name="Observed" term="observed" value=${ageText(useStore().clock.now.value - Date.parse(detail.timestamp))}
      note=${detail.undated ? "undated, by its file" : lag < 1000 ? "lag under 1 s" : `lag ${durationText(lag)}`}
    />
  </dl>`;
}

function Ladder({
  plan,
  of: detail,
  symbol,
}: {
  plan: NonNullable<Known["plan"]>;
  of: SignalDetail;
  symbol: SymbolDetail | null;
}) {
  const now = symbol?.last ?? null;
  const quoted = symbol?.quoted_at ?? null;
  const words =
    now === null
      ? ""
      : `now ${price(now)}${quoted === null ? "" : `, ${ageText(useStore().clock.now.value - Date.parse(quoted))}`}`;
  if (plan.stop === null && plan.targets.length === 0)
    return html`<p class="quiet pad">Only an entry is given: ${price(plan.entry) ?? "no data"}.</p>`;
  return html`<${PlanLadder} plan=${plan} signalPrice=${detail.price} now=${now} nowWords=${words} />`;
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
  return html`<${Section} title="Interpretations" note="from the report, as text">
    <dl class="words">
      ${each.map(
        ({ name, text }, n) =>
          html`<div key=${n}><dt>${name === null ? "insight" : componentName(name)}</dt><dd>${text}</dd></div>`,
      )}
    </dl>
  <//>`;
}

function riskWords(plan: NonNullable<Known["plan"]>, signalPrice: number | null): string {
  const entry = plan.entry ?? signalPrice;
  const risk = entry === null || plan.stop === null ? "" : `R is ${price(Math.abs(entry - plan.stop))}`;
  return [risk, plan.riskReward === null ? "" : `reported ratio ${plan.riskReward}`]
    .filter((part) => part !== "")
    .join(", ");
}

function levelsOf(plan: Known["plan"]): readonly Level[] {
  if (plan === null || plan === undefined) return [];
  return [
    ...(plan.entry === null ? [] : [{ name: "entry", price: plan.entry, kind: "entry" as const }]),
    ...(plan.stop === null ? [] : [{ name: "stop", price: plan.stop, kind: "stop" as const }]),
    ...plan.targets.map((target, n) => ({ name: `T${n + 1}`, price: target.price, kind: "target" as const })),
  ];
}

function concerns(frame: Frame, id: string): boolean {
  if (frame.type === "signal_changed") return frame.signal.id === id;
  return (frame.type === "new_alert" || frame.type === "alert_changed") && frame.alert.signal_id === id;
}
