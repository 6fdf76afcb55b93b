import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import type { TradePlan } from "../../src/core/signal";
import { coefficient, count, price, signedPercent } from "../parts/numbers";
import { useWidth } from "../parts/width";

interface Rung {
  readonly name: string;
  readonly price: number;
  readonly kind: "target" | "entry" | "stop" | "now";
  readonly size: number | null;
}

const height = 210;
const inset = 14;
/** Two labels closer than this would be written over each other. */
const lineHeight = 18;

export interface LadderProps {
  readonly plan: TradePlan;
  /** Where no entry is given, the signal's own price is used. */
  readonly signalPrice: number | null;
  /** The last quote; null where there is none. */
  readonly now: number | null;
  readonly nowWords: string;
}

/** Stop, entry and targets to scale: distances are those of the prices. */
export function PlanLadder({ plan, signalPrice, now, nowWords }: LadderProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const entry = plan.entry ?? signalPrice;
  const rungs = rungsOf(plan, entry);
  const all = now === null ? rungs : [...rungs, { name: "now", price: now, kind: "now" as const, size: null }];
  const [low, high] = [Math.min(...all.map((rung) => rung.price)), Math.max(...all.map((rung) => rung.price))];
  const y = (at: number) => (high === low ? height / 2 : inset + ((high - at) / (high - low)) * (height - 2 * inset));
  const risk = entry === null || plan.stop === null || entry === plan.stop ? null : Math.abs(entry - plan.stop);
  const labels = spaced(rungs.map((rung) => y(rung.price)));
  return html`<div class="ladder" ref=${frame}>${
    width === 0
      ? null
      : html`<svg
        width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img"
        aria-label=${wordsOf(rungs, entry, risk)}
      >
        ${entry === null ? null : html`<${Zones} plan=${plan} entry=${entry} y=${y} x=${columnsOf(width).rail} />`}
        ${rungs.map(
          (rung, n) =>
            html`<${RungLine}
              key=${rung.name} of=${rung} y=${y(rung.price)} label=${labels[n] ?? y(rung.price)} width=${width}
              entry=${entry} risk=${risk}
            />`,
        )}
        ${
          now === null
            ? null
            : html`<g class="now">
              <path d=${`M${columnsOf(width).rail + 2} ${y(now)}l9-5v10z`} />
              <text x=${columnsOf(width).rail + (width < 320 ? 14 : 34)} y=${clearOf(y(now), labels) + 4}>${nowWords}</text>
            </g>`
        }
      </svg>`
  }</div>`;
}

/** The places of the ladder's columns. */
function columnsOf(width: number): {
  readonly name: number;
  readonly price: number;
  readonly rail: number;
  readonly change: number;
  readonly risk: number;
  readonly size: number;
} {
  // The narrowest phones: a change must not lie over the rail.
  if (width < 320) return { name: 0, price: 106, rail: 132, change: width - 82, risk: width - 22, size: width };
  const narrow = width < 420;
  return {
    name: 0,
    price: narrow ? 130 : 150,
    rail: narrow ? 156 : 184,
    change: narrow ? width - 110 : width - 170,
    risk: narrow ? width - 50 : width - 92,
    size: width,
  };
}

function RungLine({
  of: rung,
  y,
  label,
  width,
  entry,
  risk,
}: {
  of: Rung;
  y: number;
  label: number;
  width: number;
  entry: number | null;
  risk: number | null;
}) {
  const at = columnsOf(width);
  const apart = entry === null || entry === 0 || rung.kind === "entry" ? null : ((rung.price - entry) / entry) * 100;
  const ratio =
    risk === null || entry === null || rung.kind === "entry"
      ? null
      : ((rung.price - entry) / risk) *
        ((rung.kind === "stop" && rung.price > entry) || (rung.kind === "target" && rung.price < entry) ? -1 : 1);
  const text = label + 4;
  return html`<g class=${rung.kind}>
    <text class="name" x=${at.name} y=${text}>${rung.name}</text>
    <text x=${at.price} y=${text} text-anchor="end">${price(rung.price)}</text>
    ${
      Math.abs(label - y) < 1 ? null : html`<path class="lead" d=${`M${at.price + 4} ${label}L${at.rail - 24} ${y}`} />`
    }
    <path class="rung" d=${`M${at.rail - 22} ${y}h44`} />
    ${apart === null ? null : html`<text x=${at.change} y=${text} text-anchor="end">${signedPercent(apart)}</text>`}
    ${
      ratio === null
        ? null
        : html`<text class="plain" x=${at.risk} y=${text} text-anchor="end">
          ${coefficient(ratio)?.replace(/\.?0+$/, "")} R
        </text>`
    }
    ${
      rung.size === null || width < 420
        ? null
        : html`<text class="quiet" x=${at.size} y=${text} text-anchor="end">take ${count(rung.size)} %</text>`
    }
  </g>`;
}

function Zones({ plan, entry, y, x }: { plan: TradePlan; entry: number; y: (at: number) => number; x: number }) {
  const farthest = plan.targets
    .map((target) => target.price)
    .toSorted((a, b) => Math.abs(b - entry) - Math.abs(a - entry))[0];
  const zone = (to: number, kind: string) =>
    html`<rect
      class="zone ${kind}" x=${x - 18} width="36" y=${Math.min(y(entry), y(to))} height=${Math.abs(y(entry) - y(to))}
    />`;
  return html`${farthest === undefined ? null : zone(farthest, "gain")}
    ${plan.stop === null ? null : zone(plan.stop, "loss")}`;
}

function rungsOf(plan: TradePlan, entry: number | null): readonly Rung[] {
  const targets = plan.targets.map((target, n): Rung => ({
    name: target.name?.replace(/^target\s*/i, "T") ?? `T${n + 1}`,
    price: target.price,
    kind: "target",
    size: target.size,
  }));
  const rest: Rung[] = [
    ...(entry === null
      ? []
      : [{ name: plan.entry === null ? "Price" : "Entry", price: entry, kind: "entry" as const, size: null }]),
    ...(plan.stop === null ? [] : [{ name: "Stop", price: plan.stop, kind: "stop" as const, size: null }]),
  ];
  return [...targets, ...rest].toSorted((a, b) => b.price - a.price);
}

/** Places of labels from the top down, pushed apart where they would overlap, kept inside. */
function spaced(places: readonly number[]): number[] {
  const apart: number[] = [];
  for (const place of places) apart.push(Math.max(place, (apart.at(-1) ?? Number.NEGATIVE_INFINITY) + lineHeight));
  let max = height - inset / 2;
  for (let n = apart.length - 1; n >= 0; n--) {
    apart[n] = Math.min(apart[n] ?? 0, max);
    max = (apart[n] ?? 0) - lineHeight;
  }
  return apart;
}

/** A place for a line of words nearest to this one that no other takes. */
function clearOf(place: number, taken: readonly number[]): number {
  const free = (at: number) =>
    taken.every((other) => Math.abs(other - at) >= lineHeight - 4) && at > 4 && at < height - 4;
  for (let away = 0; away < height; away += 2) {
    if (free(place - away)) return place - away;
    if (free(place + away)) return place + away;
  }
  return place;
}

function wordsOf(rungs: readonly Rung[], entry: number | null, risk: number | null): string {
  const words = rungs.map((rung) => {
    const apart = entry === null || rung.kind === "entry" ? null : ((rung.price - entry) / entry) * 100;
    return `${rung.name} ${price(rung.price)}${apart === null ? "" : `, ${signedPercent(apart)}`}`;
  });
  return `Plan to scale: ${words.join("; ")}${risk === null ? "" : `; one R is ${price(risk)}`}`;
}
