import { catalogue, type Catalogue } from "./catalogue";
import { writeOut } from "./exposition";
import type { Format } from "./format";
import type { Described, Group, Labels, LabelValues, Values } from "./described";
import { Counter, Gauge, Histogram, type Instrument } from "./instrument";

type InstrumentOf<D> =
  D extends Described<"counter", infer L>
    ? Counter<L>
    : D extends Described<"gauge", infer L>
      ? Gauge<L>
      : D extends Described<"histogram", infer L>
        ? Histogram<L>
        : never;

type Instruments = { readonly [K in keyof Catalogue]: InstrumentOf<Catalogue[K]> };

export type Groups = Readonly<Record<Group, readonly string[]>>;

export interface Metrics extends Instruments {
  /** Names the config goes by from now on: what is counted of them stands at 0. Names that went keep their numbers. */
  know(groups: Groups): void;
  /** Every metric as one page. */
  page(format: Format, elapsed: () => number): Promise<string>;
}

/**
 * An instrument for every metric of the catalogue. Counters and histograms of closed label sets stand at 0, gauges are
 * absent until they are known.
 */
export function createMetrics(facts: {
  readonly version: string;
  readonly mode: "live" | "demo";
  readonly groups: Groups;
}): Metrics {
  const made = Object.fromEntries(
    Object.entries(catalogue).map(([key, described]) => [key, instrumentFor(described)]),
  ) as unknown as Instruments;
  const all: readonly Instrument[] = Object.values(made);
  const metrics: Metrics = {
    ...made,
    know(groups) {
      for (const instrument of all) {
        if (instrument instanceof Counter)
          for (const values of combinations(instrument.described.labels, groups))
            (instrument as Counter<Labels>).inc(values, 0);
        if (instrument instanceof Histogram)
          for (const values of combinations(instrument.described.labels, groups))
            (instrument as Histogram<Labels>).stand(values);
      }
    },
    page: (format, elapsed) => writeOut(all, format, elapsed),
  };
  metrics.know(facts.groups);
  metrics.buildInfo.set(1, { version: facts.version, mode: facts.mode });
  metrics.connections.set(0);
  metrics.storeDegraded.set(0);
  return metrics;
}

function instrumentFor(described: Described): Instrument {
  if (described.type === "counter") return new Counter(described as Described<"counter">);
  if (described.type === "gauge") return new Gauge(described as Described<"gauge">);
  return new Histogram(described as Described<"histogram">);
}

/** Every set of values its labels can have; none where a label is open. */
function combinations(labels: Labels, groups: Groups): Values<Labels>[] {
  return Object.entries(labels).reduce<Values<Labels>[]>(
    (sofar, [name, values]) =>
      sofar.flatMap((before) => valuesOf(values, groups).map((value) => ({ ...before, [name]: value }))),
    [{}],
  );
}

function valuesOf(values: LabelValues, groups: Groups): readonly string[] {
  if ("group" in values) return groups[values.group];
  return "open" in values ? [] : values;
}
