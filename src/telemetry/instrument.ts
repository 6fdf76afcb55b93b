import { openMetricsNumber, escapeLabel } from "./exposition";

/**
 * What a label may say. A list is closed: every combination of closed lists stands at 0 from the start.
 * A group is what the config names, at 0 once it is known. `open` is found out while running, bounded all the same.
 */
export type LabelValues = readonly string[] | { readonly group: Group; readonly atMost: number } | { readonly open: true; readonly atMost: number };
export type Group = "sources" | "scanners" | "exchanges" | "rules";
export type Labels = Readonly<Record<string, LabelValues>>;

/** One metric of the catalogue. */
export interface Described<T extends "counter" | "gauge" | "histogram" = "counter" | "gauge" | "histogram", L extends Labels = Labels> {
  readonly type: T;
  readonly name: string;
  readonly help: string;
  readonly labels: L;
  /** Upper bounds, ascending, without +Inf; empty but for histograms. */
  readonly buckets: readonly number[];
}

/** A value of each label, as the catalogue allows it. */
export type Values<L extends Labels> = { readonly [K in keyof L]: L[K] extends readonly (infer V)[] ? V : string };

/** What stands for every value beyond the bound of its label. */
export const overflow = "other";

/** The series of one metric by their labels: no more than its labels allow, whatever it is told. */
export class Family<L extends Labels, C> {
  readonly #names: readonly string[];
  readonly #seen: ReadonlyMap<string, Set<string>>;
  readonly #root = new Map<string, unknown>();
  #only: C | null = null;
  readonly #all: C[] = [];

  constructor(
    readonly described: Described<"counter" | "gauge" | "histogram", L>,
    private readonly make: (labels: string) => C,
  ) {
    this.#names = Object.keys(described.labels);
    this.#seen = new Map(this.#names.map((name) => [name, new Set<string>()]));
  }

  get all(): readonly C[] {
    return this.#all;
  }

  at(values: Values<L> | undefined): C {
    if (this.#names.length === 0) return (this.#only ??= this.#add([]));
    let node: unknown = this.#root;
    for (const name of this.#names) {
      node = (node as Map<string, unknown>).get((values as Readonly<Record<string, string>>)[name] ?? "");
      if (node === undefined) return this.#admit(values as Readonly<Record<string, string>>);
    }
    return node as C;
  }

  clear(): void {
    this.#root.clear();
    this.#all.length = 0;
    this.#only = null;
  }

  /** A series not met before: each of its values within its bound. */
  #admit(values: Readonly<Record<string, string>>): C {
    const allowed = this.#names.map((name) => this.#allowed(name, values[name] ?? ""));
    let node = this.#root;
    for (const value of allowed.slice(0, -1)) {
      let next = node.get(value) as Map<string, unknown> | undefined;
      if (!next) node.set(value, (next = new Map<string, unknown>()));
      node = next;
    }
    const last = allowed.at(-1) ?? "";
    const known = node.get(last) as C | undefined;
    if (known !== undefined) return known;
    const made = this.#add(allowed);
    node.set(last, made);
    return made;
  }

  #allowed(name: string, value: string): string {
    const label = this.described.labels[name];
    if (label === undefined) return overflow;
    if (!("atMost" in label)) return label.includes(value) ? value : overflow;
    const seen = this.#seen.get(name);
    if (!seen || (!seen.has(value) && seen.size >= label.atMost)) return overflow;
    seen.add(value);
    return value;
  }

  #add(values: readonly string[]): C {
    const made = this.make(this.#names.map((name, index) => `${name}="${escapeLabel(values[index] ?? "")}"`).join(","));
    this.#all.push(made);
    return made;
  }
}

/** One number and the text before it. */
interface Cell {
  readonly prefix: string;
  value: number;
}

function cellOf(name: string): (labels: string) => Cell {
  return (labels) => ({ prefix: labels === "" ? `${name} ` : `${name}{${labels}} `, value: 0 });
}

/** An instrument as it is written out: its lines, without the head. */
export interface Exposed {
  readonly described: Described;
  lines(openMetrics: boolean): string;
}

export class Counter<L extends Labels> implements Exposed {
  readonly #family: Family<L, Cell>;

  constructor(readonly described: Described<"counter", L>) {
    this.#family = new Family(described, cellOf(described.name));
  }

  /** Adds; 0 makes the series stand. */
  inc(values?: Values<L>, by = 1): void {
    this.#family.at(values).value += by;
  }

  /** For what is counted elsewhere and read when asked for. */
  stand(total: number, values?: Values<L>): void {
    this.#family.at(values).value = total;
  }

  value(values?: Values<L>): number {
    return this.#family.at(values).value;
  }

  lines(): string {
    return numberLines(this.#family.all);
  }
}

export class Gauge<L extends Labels> implements Exposed {
  readonly #family: Family<L, Cell>;

  constructor(readonly described: Described<"gauge", L>) {
    this.#family = new Family(described, cellOf(described.name));
  }

  set(value: number, values?: Values<L>): void {
    this.#family.at(values).value = value;
  }

  /** Nothing is known any more: every series is absent until it is set again. */
  forget(): void {
    this.#family.clear();
  }

  lines(): string {
    return numberLines(this.#family.all);
  }
}

/** Counts by bucket, not yet summed up; the last is beyond every bound. */
export interface Distribution {
  readonly counts: Float64Array;
  sum: number;
}

interface HistogramCell extends Distribution {
  /** Before each count, the last for +Inf: as text and as OpenMetrics write the bounds. */
  readonly prefixes: { readonly text: readonly string[]; readonly openMetrics: readonly string[] };
  readonly sumPrefix: string;
  readonly countPrefix: string;
}

export class Histogram<L extends Labels> implements Exposed {
  readonly #family: Family<L, HistogramCell>;
  readonly #bounds: readonly number[];

  constructor(readonly described: Described<"histogram", L>) {
    this.#bounds = described.buckets;
    this.#family = new Family(described, (labels) => histogramCell(described, labels));
  }

  observe(value: number, values?: Values<L>): void {
    const cell = this.#family.at(values);
    let bucket = 0;
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] ?? 0)) bucket++;
    cell.counts[bucket] = (cell.counts[bucket] ?? 0) + 1;
    cell.sum += value;
  }

  /** Makes the series stand at 0. */
  stand(values?: Values<L>): void {
    this.#family.at(values);
  }

  /** Every series of it. */
  get distributions(): readonly Distribution[] {
    return this.#family.all;
  }

  lines(openMetrics: boolean): string {
    let text = "";
    for (const { counts, sum, prefixes, sumPrefix, countPrefix } of this.#family.all) {
      const before = openMetrics ? prefixes.openMetrics : prefixes.text;
      let total = 0;
      for (let bucket = 0; bucket < counts.length; bucket++) {
        total += counts[bucket] ?? 0;
        text += `${before[bucket] ?? ""}${total}\n`;
      }
      text += `${sumPrefix}${sum}\n${countPrefix}${total}\n`;
    }
    return text;
  }
}

function numberLines(cells: readonly Cell[]): string {
  let text = "";
  for (const { prefix, value } of cells) text += `${prefix}${value}\n`;
  return text;
}

function histogramCell({ name, buckets }: Described, labels: string): HistogramCell {
  const own = labels === "" ? "" : `${labels},`;
  const all = labels === "" ? "" : `{${labels}}`;
  const bucketPrefixes = (spell: (bound: number) => string) => [...buckets.map(spell), "+Inf"].map((bound) => `${name}_bucket{${own}le="${bound}"} `);
  return {
    counts: new Float64Array(buckets.length + 1),
    sum: 0,
    prefixes: { text: bucketPrefixes(String), openMetrics: bucketPrefixes(openMetricsNumber) },
    sumPrefix: `${name}_sum${all} `,
    countPrefix: `${name}_count${all} `,
  };
}
