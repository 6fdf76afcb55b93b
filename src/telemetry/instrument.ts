import type * as prom from "prom-client";
import * as client from "./prom-client";
import type { Described, Labels, Values } from "./described";
import { BoundedSeries } from "./label-bounds";
import { Series, type Written } from "./series";

/** An instrument and what it writes. */
export interface Instrument {
  readonly described: Described;
  /** Its series, without those of which nothing is known. */
  known(): readonly Written[];
}

/** Counts in a plain number, and hands it to the client library when it is read: there, each step is a text made of all labels. */
export class Counter<L extends Labels> implements Instrument {
  readonly #series: BoundedSeries<L, CountedSeries>;

  constructor(readonly described: Described<"counter", L>) {
    this.#series = new BoundedSeries(described, (labels) => new CountedSeries(described, labels));
  }

  /** Adds; 0 makes the series stand. */
  inc(values?: Values<L>, by = 1): void {
    this.#series.at(values).add(by);
  }

  /** For what is counted elsewhere and read when asked for: it never falls. */
  stand(total: number, values?: Values<L>): void {
    const series = this.#series.at(values);
    series.add(Math.max(0, total - series.total));
  }

  /** The count so far. */
  value(values?: Values<L>): number {
    return this.#series.at(values).total;
  }

  known(): readonly Written[] {
    return this.#series.all.map(({ series }) => series);
  }
}

class CountedSeries {
  total = 0;
  #reported = 0;
  readonly series: Series<prom.Counter>;

  constructor(described: Described, labels: Record<string, string>) {
    this.series = new Series(
      described,
      (config) => new client.Counter({ ...config, collect: () => this.#reportOverflow(labels) }),
    );
  }

  add(by: number): void {
    if (by === 0) return;
    this.total += by;
    this.series.changed();
  }

  #reportOverflow(labels: Record<string, string>): void {
    this.series.metric.inc(labels, this.total - this.#reported);
    this.#reported = this.total;
  }
}

export class Gauge<L extends Labels> implements Instrument {
  readonly #series: BoundedSeries<L, GaugedSeries>;

  constructor(readonly described: Described<"gauge", L>) {
    this.#series = new BoundedSeries(described, (labels) => new GaugedSeries(described, labels));
  }

  set(value: number, values?: Values<L>): void {
    this.#series.at(values).set(value);
  }

  /** Sets what has no labels, given in the base unit times `per`; null: it is not known. */
  setOrForget(value: number | null, per = 1): void {
    if (value === null) this.forget();
    else this.set(value / per);
  }

  /** Nothing is known any more: every series is absent until it is set again. */
  forget(): void {
    for (const series of this.#series.all) series.known = false;
  }

  known(): readonly Written[] {
    return this.#series.all.filter(({ known }) => known).map(({ series }) => series);
  }
}

class GaugedSeries {
  known = false;
  #value: number | null = null;
  readonly series: Series<prom.Gauge>;

  constructor(
    described: Described,
    private readonly labels: Record<string, string>,
  ) {
    this.series = new Series(described, (config) => new client.Gauge(config));
  }

  set(value: number): void {
    this.known = true;
    if (value === this.#value) return;
    this.#value = value;
    this.series.metric.set(this.labels, value);
    this.series.changed();
  }
}

export class Histogram<L extends Labels> implements Instrument {
  readonly #series: BoundedSeries<L, ObservedSeries>;

  constructor(readonly described: Described<"histogram", L>) {
    this.#series = new BoundedSeries(described, (labels) => new ObservedSeries(described, labels));
  }

  observe(value: number, values?: Values<L>): void {
    this.#series.at(values).observe(value);
  }

  /** Makes the series stand at 0. */
  stand(values?: Values<L>): void {
    this.#series.at(values);
  }

  known(): readonly Written[] {
    return this.#series.all.map(({ series }) => series);
  }
}

class ObservedSeries {
  readonly series: Series<prom.Histogram>;
  readonly #observed: { readonly observe: (value: number) => void };

  constructor(described: Described, labels: Record<string, string>) {
    this.series = new Series(
      described,
      (config) => new client.Histogram({ ...config, buckets: [...described.buckets] }),
    );
    this.series.metric.zero(labels);
    this.#observed = this.series.metric.labels(labels);
  }

  observe(value: number): void {
    this.#observed.observe(value);
    this.series.changed();
  }
}
