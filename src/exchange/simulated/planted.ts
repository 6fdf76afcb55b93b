import { dayMs, hourMs, minuteMs } from "../../core/duration";
import { chanceOf } from "./chance";
import { benchmark, type Traits } from "./traits";

/**
 * Something that is known to happen in the simulated market, so that what looks for it can be judged.
 * size: correlation-break: the correlation that is lost; beta-expansion: what beta grows by; alpha-drift: log return beyond the benchmark's
 * from `since` to `until`; volume-spike: how many times the usual volume; spread: how much dearer on Binance, ratio;
 * funding-extreme: the rate of each funding interval.
 */
export interface PlantedEffect {
  readonly kind: PlantedKind;
  readonly symbol: string;
  /** Whole minutes, epoch ms. */
  readonly since: number;
  readonly until: number;
  readonly size: number;
}

type PlantedKind =
  | "correlation-break"
  | "beta-expansion"
  | "alpha-drift"
  | "volume-spike"
  | "spread"
  | "funding-extreme";

/** One effect in every period, somewhere in it. */
interface Plan {
  readonly periodMs: number;
  readonly shortestMs: number;
  readonly longestMs: number;
  readonly size: (traits: Traits, chance: number) => number;
}

const plans: Readonly<Record<PlantedKind, Plan>> = {
  "correlation-break": {
    periodMs: 6 * hourMs,
    shortestMs: 4 * hourMs,
    longestMs: 6 * hourMs,
    size: ({ correlation }) => correlation,
  },
  "beta-expansion": {
    periodMs: 7 * hourMs,
    shortestMs: 5 * hourMs,
    longestMs: 7 * hourMs,
    size: ({ beta }, chance) => beta * (0.7 + 0.5 * chance),
  },
  "alpha-drift": {
    periodMs: 4 * hourMs,
    shortestMs: 2 * hourMs,
    longestMs: 4 * hourMs,
    size: (_, chance) => (chance < 0.5 ? -1 : 1) * (0.07 + 0.05 * Math.abs(2 * chance - 1)),
  },
  "volume-spike": {
    periodMs: 2 * hourMs,
    shortestMs: 10 * minuteMs,
    longestMs: 40 * minuteMs,
    size: (_, chance) => 8 + 12 * chance,
  },
  spread: {
    periodMs: 8 * hourMs,
    shortestMs: 20 * minuteMs,
    longestMs: 45 * minuteMs,
    size: (_, chance) => 0.006 + 0.006 * chance,
  },
  "funding-extreme": {
    periodMs: dayMs,
    shortestMs: 8 * hourMs,
    longestMs: 8 * hourMs,
    size: (_, chance) => (chance < 0.5 ? -1 : 1) * (0.002 + 0.002 * chance),
  },
};

/** What is traded much is what is watched: half of all effects meet the first quarter. */
const skew = 2;

const kinds = Object.keys(plans) as PlantedKind[];

/** Those that touch the time between, by when they begin. */
export type Planting = (since: number, until: number) => readonly PlantedEffect[];

/** The effects of a seed, for ever. */
export function plantedBy(seed: string, symbols: readonly Traits[]): Planting {
  const fields = symbols.filter(({ symbol }) => symbol !== benchmark);
  const drawn = new Map<string, PlantedEffect>();
  const effectOf = (kind: PlantedKind, period: number) => {
    const name = `${kind} ${period}`;
    const effect = drawn.get(name) ?? planted(seed, fields, kind, period);
    drawn.set(name, effect);
    return effect;
  };
  return (since, until) =>
    kinds
      .flatMap((kind) => {
        const { periodMs } = plans[kind];
        const first = Math.floor(since / periodMs);
        const count = fields.length === 0 ? 0 : Math.floor(until / periodMs) - first + 1;
        return Array.from({ length: Math.max(0, count) }, (_, index) => effectOf(kind, first + index));
      })
      .filter((effect) => effect.since < until && effect.until > since)
      .toSorted((a, b) => a.since - b.since);
}

/** Just these. */
export function plantedAs(effects: readonly PlantedEffect[]): Planting {
  const inOrder = effects.toSorted((a, b) => a.since - b.since);
  return (since, until) => inOrder.filter((effect) => effect.since < until && effect.until > since);
}

function planted(seed: string, fields: readonly Traits[], kind: PlantedKind, period: number): PlantedEffect {
  const plan = plans[kind];
  const draw = (what: string) => chanceOf(seed, kind, what, period);
  const traits = fields[Math.floor(draw("where") ** skew * fields.length)]!;
  const lengthMs = wholeMinutes(plan.shortestMs + draw("how long") * (plan.longestMs - plan.shortestMs));
  const since = period * plan.periodMs + wholeMinutes(draw("when") * (plan.periodMs - lengthMs));
  return { kind, symbol: traits.symbol, since, until: since + lengthMs, size: plan.size(traits, draw("how much")) };
}

function wholeMinutes(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}
