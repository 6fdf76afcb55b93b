/**
 * What a label may say. A list is closed: every combination of closed lists stands at 0 from the start.
 * A group is what the config names, at 0 once it is known. `open` is found out while running, bounded all the same.
 */
export type LabelValues =
  | readonly string[]
  | { readonly group: Group; readonly valuesMax: number }
  | { readonly open: true; readonly valuesMax: number };
export type Group = "sources" | "scanners" | "exchanges" | "rules" | "channels";
export type Labels = Readonly<Record<string, LabelValues>>;

/** One metric of the catalogue. */
export interface Described<
  T extends "counter" | "gauge" | "histogram" = "counter" | "gauge" | "histogram",
  L extends Labels = Labels,
> {
  readonly type: T;
  readonly name: string;
  readonly help: string;
  readonly labels: L;
  /** Upper bounds, ascending, without +Inf; empty but for histograms. */
  readonly buckets: readonly number[];
}

/** A value of each label, as the catalogue allows it. */
export type Values<L extends Labels> = { readonly [K in keyof L]: L[K] extends readonly (infer V)[] ? V : string };

export function counter<const L extends Labels = Record<never, never>>(
  name: string,
  help: string,
  labels: L = {} as L,
): Described<"counter", L> {
  return { type: "counter", name, help, labels, buckets: [] };
}

export function gauge<const L extends Labels = Record<never, never>>(
  name: string,
  help: string,
  labels: L = {} as L,
): Described<"gauge", L> {
  return { type: "gauge", name, help, labels, buckets: [] };
}

export function histogram<const L extends Labels>(
  name: string,
  help: string,
  labels: L,
  buckets: readonly number[],
): Described<"histogram", L> {
  return { type: "histogram", name, help, labels, buckets };
}
