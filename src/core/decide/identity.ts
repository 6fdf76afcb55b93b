import { dayMs } from "../duration";
import { comparePriority, type Priority } from "../alert";
import type { Batch } from "../observation";
import type { Component, Remark, Signal } from "../signal";
import type { StateOverlay, Identity } from "./state";

/** Ids of 8 characters collide; past this distance of their times two signals are two. */
export const sameIdentityWithinMs = dayMs;

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
 * How each signal of a batch stands to what is known, which is kept from now on. The same signal is usually written twice,
 * and some are edited later. Identity is the writer's id where it gives one, else the content; an edit of the same file that
 * keeps symbol, direction and time is the same signal reported differently. Two that name different timeframes or strategies are two.
 */
export function relateAll(state: StateOverlay, batch: Batch): Related[] {
  const named = batch.signals.map(namer(batch));
  // What another entry is by its own content is no earlier version of this one.
  const claimed = new Set(
    named.length < 2 ? [] : named.flatMap(({ signal, exact }) => lookUp(state, signal, exact)?.known.seq ?? []),
  );
  // Read once: reporting changes it.
  const seenBefore = new Map(
    named.map(({ place }) => [place, place === null ? undefined : state.get("identity", place)?.observedAt]),
  );
  return named.map((each, index) => {
    const related = relate(state, each, batch.seq + index, claimed, seenBefore.get(each.place));
    remember(state, related, each);
    return related;
  });
}

/** A signal and the names it goes by. */
interface Named {
  readonly signal: Signal;
  /** Its id or its content: first with timeframe and strategy, then as a twin with less to say would write it. */
  readonly exact: readonly string[];
  /** Its place in a file, which an edit of its content keeps; null where only the content says. */
  readonly edited: string | null;
  /** The file, where its signals carry neither id nor time: what it reported last is what stands in it. */
  readonly place: string | null;
}

function relate(
  state: StateOverlay,
  { signal, exact, edited, place }: Named,
  seq: number,
  claimed: ReadonlySet<number>,
  reportedAt: number | undefined,
): Related {
  const found = lookUp(state, signal, exact) ?? editedFrom(state, signal, edited, claimed);
  const keys = edited === null ? exact : [...exact, edited];
  if (!found || isOverwritten(state, found.known, placed(place, exact), [reportedAt, signal.observedAt]))
    return { seq, relation: "first", signal, keys, known: null };
  const { known, before } = found;
  const relation = contradicts(before, signal) ? "revision" : "twin";
  return { seq: known.seq, relation, signal: relation === "twin" ? filled(before, signal) : signal, keys, known };
}

interface Found {
  readonly known: Identity;
  readonly before: Signal;
}

function lookUp(state: StateOverlay, signal: Signal, keys: readonly string[]): Found | null {
  for (const key of keys) {
    const known = state.get("identity", key);
    const before =
      known && Math.abs(known.observedAt - signal.observedAt) <= sameIdentityWithinMs
        ? state.signal(known.seq)
        : undefined;
    if (known && before && !isOfOtherKind(before, signal)) return { known, before };
  }
  return null;
}

function editedFrom(
  state: StateOverlay,
  signal: Signal,
  edited: string | null,
  claimed: ReadonlySet<number>,
): Found | null {
  const found = edited === null ? null : lookUp(state, signal, [edited]);
  return found === null || claimed.has(found.known.seq) ? null : found;
}

function isOfOtherKind(before: Signal, after: Signal): boolean {
  return differ(before.timeframe, after.timeframe) || differ(before.strategy, after.strategy);
}

/** True where this file reported it, and then something else: reported again, it is news. `reportedAt`: when it reported last, and now. */
function isOverwritten(
  state: StateOverlay,
  known: Identity,
  key: string | null,
  reportedAt: readonly (number | undefined)[],
): boolean {
  const stated = key === null ? undefined : state.get("identity", key);
  return stated !== undefined && stated.seq === known.seq && !reportedAt.includes(stated.observedAt);
}

/** Keeps what is known of a signal now. */
function remember(
  state: StateOverlay,
  { keys, seq, signal, known }: Related,
  { place, exact, signal: stated }: Named,
): void {
  state.know(seq, signal);
  for (const key of keys)
    state.set("identity", key, {
      seq,
      observedAt: known?.observedAt ?? signal.observedAt,
      alerted: known?.alerted ?? null,
    });
  for (const key of place === null ? [] : [place, placed(place, exact)]) {
    if (key !== null) state.set("identity", key, { seq, observedAt: stated.observedAt, alerted: null });
  }
}

/** Keeps the highest priority a signal was alerted at; what is known of it may be newer than what was alerted. */
export function rememberAlerted(state: StateOverlay, { keys }: Related, priority: Priority): void {
  for (const key of keys) {
    const known = state.get("identity", key);
    if (known && (known.alerted === null || comparePriority(priority, known.alerted) > 0))
      state.set("identity", key, { ...known, alerted: priority });
  }
}

/** Names the signals of a batch, one after the other. */
function namer({ source, file }: Batch): (signal: Signal) => Named {
  const met = new Map<string, number>();
  return (signal) => {
    const { timeframe, strategy } = signal;
    const base = [source, signal.symbol, signal.direction];
    const id = signal.signalId ?? signal.transactionId;
    const undated = signal.datedBy === "mtime";
    const time = undated ? null : signal.observedAt;
    const name = id === null ? [...base, "content", signal.score, signal.price, time] : [...base, "id", id];
    const plain = JSON.stringify(name);
    const exact =
      timeframe === null && strategy === null ? [plain] : [JSON.stringify([...name, timeframe, strategy]), plain];
    if (id !== null || file === null) return { signal, exact, edited: null, place: null };
    // An undated file says nothing of the time its content is about: overwritten, it is about another moment.
    if (undated) return { signal, exact, edited: null, place: JSON.stringify([source, "told", file]) };
    const edited = JSON.stringify([...base, "file", file, time]);
    const nth = met.get(edited) ?? 0;
    met.set(edited, nth + 1);
    return {
      signal,
      exact,
      edited: nth === 0 ? edited : JSON.stringify([...base, "file", file, time, nth]),
      place: null,
    };
  };
}

function placed(place: string | null, [name]: readonly string[]): string | null {
  return place === null || name === undefined ? null : `${place}${name}`;
}

/** Fields that make a signal what it is; time is compared apart, for a file's own time says nothing. */
const stated = [
  "score",
  "reliability",
  "price",
  "exchange",
  "market",
  "strategy",
  "timeframe",
  "expiresAt",
  "signalId",
  "transactionId",
] as const satisfies readonly (keyof Signal)[];

/** True where both say something and it is not the same. */
function contradicts(before: Signal, after: Signal): boolean {
  if (before.datedBy === "body" && after.datedBy === "body" && before.observedAt !== after.observedAt) return true;
  return (
    stated.some((field) => differ(before[field], after[field])) ||
    planDiffers(before, after) ||
    before.components.some((component) => after.components.some((other) => componentDiffers(component, other)))
  );
}

function differ(a: unknown, b: unknown): boolean {
  return a !== null && b !== null && a !== b;
}

function planDiffers({ plan: a }: Signal, { plan: b }: Signal): boolean {
  if (!a || !b) return false;
  const targets =
    a.targets.length > 0 && b.targets.length > 0 && JSON.stringify(a.targets) !== JSON.stringify(b.targets);
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
