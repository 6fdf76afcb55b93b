import * as prom from "prom-client";
import type { Described, Labels, Values } from "./described";
import { BoundedSeries } from "./label-bounds";

/** An instrument and the page it is written on. */
export interface Instrument {
  readonly described: Described;
}

/** What the client library is told of each metric. */
function configOf({ name, help, labels }: Described, registry: prom.Registry) {
  return { name, help, labelNames: Object.keys(labels), registers: [registry] };
}

/** Counts in a plain number, and tells the client library when it is read: to it, each step is a text made of all labels. */
export class Counter<L extends Labels> implements Instrument {
  readonly #series: BoundedSeries<L, CountedSeries>;
  readonly #untold = new Set<CountedSeries>();

  constructor(readonly described: Described<"counter", L>, registry: prom.Registry) {
    const counter = new prom.Counter<string>({ ...configOf(described, registry), collect: () => this.#tell() });
    this.#series = new BoundedSeries(described, (labels) => ({ counter: counter.labels(labels), total: 0, told: 0 }));
  }

  /** Adds; 0 makes the series stand. */
  inc(values?: Values<L>, by = 1): void {
    this.#add(this.#series.at(values), by);
  }

  /** For what is counted elsewhere and read when asked for: it never falls. */
  stand(total: number, values?: Values<L>): void {
    const series = this.#series.at(values);
    this.#add(series, Math.max(0, total - series.total));
  }

  /** The count so far. */
  value(values?: Values<L>): number {
    return this.#series.at(values).total;
  }

  #add(series: CountedSeries, by: number): void {
    series.total += by;
    this.#untold.add(series);
  }

  #tell(): void {
    for (const series of this.#untold) {
      series.counter.inc(series.total - series.told);
      series.told = series.total;
    }
    this.#untold.clear();
  }
}

interface CountedSeries {
  readonly counter: { readonly inc: (by: number) => void };
  total: number;
  told: number;
}

export class Gauge<L extends Labels> implements Instrument {
  readonly #gauge: prom.Gauge;
  readonly #series: BoundedSeries<L, { readonly set: (value: number) => void }>;

  constructor(readonly described: Described<"gauge", L>, registry: prom.Registry) {
    const gauge = new prom.Gauge<string>(configOf(described, registry));
    this.#gauge = gauge;
    this.#series = new BoundedSeries(described, (labels) => gauge.labels(labels));
    this.forget();
  }

  set(value: number, values?: Values<L>): void {
    this.#series.at(values).set(value);
  }

  /** Nothing is known any more: every series is absent until it is set again. */
  forget(): void {
    this.#gauge.reset();
    // A gauge without labels is reset to 0, which nobody measured.
    if (Object.keys(this.described.labels).length === 0) this.#gauge.remove({});
  }
}

export class Histogram<L extends Labels> implements Instrument {
  readonly #series: BoundedSeries<L, { readonly observe: (value: number) => void }>;

  constructor(readonly described: Described<"histogram", L>, registry: prom.Registry) {
    const histogram = new prom.Histogram<string>({ ...configOf(described, registry), buckets: [...described.buckets] });
    this.#series = new BoundedSeries(described, (labels) => {
      if (Object.keys(labels).length > 0) histogram.zero(labels);
      return histogram.labels(labels);
    });
  }

  observe(value: number, values?: Values<L>): void {
    this.#series.at(values).observe(value);
  }

  /** Makes the series stand at 0. */
  stand(values?: Values<L>): void {
    this.#series.at(values);
  }
}
