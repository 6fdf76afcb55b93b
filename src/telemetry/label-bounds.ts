import type { Described, Labels, Values } from "./described";

/** What stands for every value beyond the bound of its label. */
const overflow = "other";

/** Keeps the labels of one metric within what the catalogue allows, whatever comes in, and hands out one series for each set of them. */
export class BoundedSeries<L extends Labels, C> {
  readonly #names: readonly string[];
  readonly #seen: ReadonlyMap<string, Set<string>>;
  readonly #root = new Map<string, unknown>();
  readonly #made: C[] = [];

  constructor(
    private readonly described: Described<"counter" | "gauge" | "histogram", L>,
    private readonly make: (labels: Record<string, string>) => C,
  ) {
    this.#names = Object.keys(described.labels);
    this.#seen = new Map(this.#names.map((name) => [name, new Set<string>()]));
  }

  /** Every series so far, the oldest first. */
  get all(): readonly C[] {
    return this.#made;
  }

  at(values: Values<L> | undefined): C {
    if (this.#names.length === 0) return this.#made[0] ?? this.#make({});
    let node: unknown = this.#root;
    for (const name of this.#names) {
      node = (node as Map<string, unknown>).get((values as Readonly<Record<string, string>>)[name] ?? "");
      if (node === undefined) return this.#admit(values as Readonly<Record<string, string>>);
    }
    return node as C;
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
    const made = this.#make(Object.fromEntries(this.#names.map((name, index) => [name, allowed[index] ?? ""])));
    node.set(last, made);
    return made;
  }

  #make(labels: Record<string, string>): C {
    const made = this.make(labels);
    this.#made.push(made);
    return made;
  }

  #allowed(name: string, value: string): string {
    const label = this.described.labels[name];
    if (label === undefined) return overflow;
    if (!("valuesMax" in label)) return label.includes(value) ? value : overflow;
    const seen = this.#seen.get(name);
    if (!seen || (!seen.has(value) && seen.size >= label.valuesMax)) return overflow;
    seen.add(value);
    return value;
  }
}
