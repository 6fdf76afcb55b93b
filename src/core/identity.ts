import { comparePriority, type Priority } from "./alert";
import type { Component, Remark, Signal } from "./signal";
import type { Draft, Identity } from "./state";

/** Ids of 8 characters collide; past this distance of their times two signals are two. */
const sameIdentityWithinMs = 24 * 3_600_000;

/** How a signal stands to what is known, and what is known of it now. */
export interface Related {
  readonly seq: number;
  readonly relation: "first" | "twin" | "revision";
  readonly signal: Signal;
  readonly keys: readonly string[];
  /** What was kept of it; null where it is the first. */
  readonly known: Identity | null;
}

/**
 * The same signal is usually written twice, and some are edited later. Identity is the writer's id where it gives one,
 * else the content; an edit of the same file that keeps symbol, direction and time is the same signal told differently.
 */
export function relate(state: Draft, source: string, file: string | null, signal: Signal, seq: number): Related {
  const keys = identityKeys(source, file, signal);
  const known = keys.map((key) => state.get("identity", key)).find((identity) => identity !== undefined);
  const before = known && Math.abs(known.observedAt - signal.observedAt) <= reachOf(signal) ? state.signal(known.seq) : undefined;
  if (!known || !before) return { seq, relation: "first", signal, keys, known: null };
  const relation = contradicts(before, signal) ? "revision" : "twin";
  return { seq: known.seq, relation, signal: relation === "twin" ? filled(before, signal) : signal, keys, known };
}

/** Keeps what is known of a signal now. */
export function remember(state: Draft, { keys, seq, signal, known }: Related): void {
  state.know(seq, signal);
  for (const key of keys) state.set("identity", key, { seq, observedAt: known?.observedAt ?? signal.observedAt, alerted: known?.alerted ?? null });
}

/** Keeps the highest priority a signal was alerted at; what is known of it may be newer than what was alerted. */
export function rememberAlerted(state: Draft, { keys }: Related, priority: Priority): void {
  for (const key of keys) {
    const known = state.get("identity", key);
    if (known && (known.alerted === null || comparePriority(priority, known.alerted) > 0)) state.set("identity", key, { ...known, alerted: priority });
  }
}

function reachOf(signal: Signal): number {
  // An undated signal's time is its file's, which touching and copying change: only its content tells.
  return signal.datedBy === "mtime" ? Number.POSITIVE_INFINITY : sameIdentityWithinMs;
}

function identityKeys(source: string, file: string | null, signal: Signal): string[] {
  const base = [source, signal.symbol, signal.direction];
  const id = signal.signalId ?? signal.transactionId;
  if (id !== null) return [JSON.stringify([...base, "id", id])];
  const time = signal.datedBy === "mtime" ? null : signal.observedAt;
  return [
    JSON.stringify([...base, "content", signal.score, signal.price, time]),
    JSON.stringify([...base, "file", file, time]),
  ];
}

/** Fields that make a signal what it is; time is compared apart, for a file's own time says nothing. */
const told = [
  "score", "reliability", "price", "exchange", "market", "strategy", "timeframe", "expiresAt", "signalId", "transactionId",
] as const satisfies readonly (keyof Signal)[];

/** True where both say something and it is not the same. */
function contradicts(before: Signal, after: Signal): boolean {
  if (before.datedBy === "body" && after.datedBy === "body" && before.observedAt !== after.observedAt) return true;
  return (
    told.some((field) => differ(before[field], after[field])) ||
    planDiffers(before, after) ||
    before.components.some((component) => after.components.some((other) => componentDiffers(component, other)))
  );
}

function differ(a: unknown, b: unknown): boolean {
  return a !== null && b !== null && a !== b;
}

function planDiffers({ plan: a }: Signal, { plan: b }: Signal): boolean {
  if (!a || !b) return false;
  const targets = a.targets.length > 0 && b.targets.length > 0 && JSON.stringify(a.targets) !== JSON.stringify(b.targets);
  return targets || differ(a.entry, b.entry) || differ(a.stop, b.stop) || differ(a.riskReward, b.riskReward);
}

function componentDiffers(a: Component, b: Component): boolean {
  return a.name === b.name && (differ(a.score, b.score) || differ(a.weight, b.weight) || differ(a.impact, b.impact));
}

/** What was known, with every gap closed that the twin can close. */
function filled(known: Signal, twin: Signal): Signal {
  const dated = known.datedBy !== "body" && twin.datedBy === "body" ? twin : known;
  return {
    ...known,
    observedAt: dated.observedAt,
    datedBy: dated.datedBy,
    zoneAssumed: dated.zoneAssumed,
    exchange: known.exchange ?? twin.exchange,
    market: known.market ?? twin.market,
    score: known.score ?? twin.score,
    strength: known.strength ?? twin.strength,
    reliability: known.reliability ?? twin.reliability,
    price: known.price ?? twin.price,
    expiresAt: known.expiresAt ?? twin.expiresAt,
    strategy: known.strategy ?? twin.strategy,
    timeframe: known.timeframe ?? twin.timeframe,
    signalId: known.signalId ?? twin.signalId,
    transactionId: known.transactionId ?? twin.transactionId,
    plan: known.plan && twin.plan ? filledPlan(known.plan, twin.plan) : (known.plan ?? twin.plan),
    components: filledComponents(known.components, twin.components),
    words: filledWords(known.words, twin.words),
  };
}

function filledPlan(known: NonNullable<Signal["plan"]>, twin: NonNullable<Signal["plan"]>): Signal["plan"] {
  return {
    entry: known.entry ?? twin.entry,
    stop: known.stop ?? twin.stop,
    targets: known.targets.length > 0 ? known.targets : twin.targets,
    riskReward: known.riskReward ?? twin.riskReward,
  };
}

function filledComponents(known: readonly Component[], twin: readonly Component[]): readonly Component[] {
  const more = new Map(twin.map((component) => [component.name, component]));
  const kept = known.map((component) => {
    const other = more.get(component.name);
    more.delete(component.name);
    if (!other) return component;
    return {
      name: component.name,
      score: component.score ?? other.score,
      weight: component.weight ?? other.weight,
      impact: component.impact ?? other.impact,
      interpretation: component.interpretation ?? other.interpretation,
    };
  });
  return more.size === 0 ? kept : [...kept, ...more.values()];
}

function filledWords(known: readonly Remark[], twin: readonly Remark[]): readonly Remark[] {
  const seen = new Set(known.map((remark) => JSON.stringify(remark)));
  return [...known, ...twin.filter((remark) => !seen.has(JSON.stringify(remark)))];
}
