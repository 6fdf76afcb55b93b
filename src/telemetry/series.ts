import type * as prom from "prom-client";
import { Registry } from "./prom-client";
import type { Described } from "./described";
import type { Format } from "./format";

/** What the client library is given of a metric. */
interface PromConfig {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly registers: prom.Registry[];
}

export interface Written {
  /** Its samples, a line each. */
  lines(format: Format): Promise<string>;
}

/**
 * One set of a metric's labels, in a registry of its own: a registry writes every line of a metric anew, most of which say
 * what they said before. These lines are kept until the series changes.
 */
export class Series<M> implements Written {
  readonly metric: M;
  readonly #registry = new Registry();
  readonly #kept = new Map<Format, Promise<string>>();

  constructor(
    private readonly described: Described,
    make: (config: PromConfig) => M,
  ) {
    const { name, help, labels } = described;
    this.metric = make({ name, help, labelNames: Object.keys(labels), registers: [this.#registry] });
  }

  changed(): void {
    if (this.#kept.size > 0) this.#kept.clear();
  }

  lines(format: Format): Promise<string> {
    let lines = this.#kept.get(format);
    if (!lines) this.#kept.set(format, (lines = this.#written(format)));
    return lines;
  }

  async #written(format: Format): Promise<string> {
    if (format === "openmetrics") return respelled(await this.lines("text"), this.described);
    const page = await this.#registry.getSingleMetricAsString(this.described.name);
    // Behind the two lines of the head, which the metric has once for all its series.
    return `${page.slice(page.indexOf("\n", page.indexOf("\n") + 1) + 1)}\n`;
  }
}

/**
 * The client library renames counters for good when asked for OpenMetrics; but for the head, only whole bounds are
 * spelled otherwise there, as floats: 1.0.
 */
function respelled(lines: string, { type }: Described): string {
  return type === "histogram" ? lines.replaceAll(/([{,]le="\d+)(?=")/g, "$1.0") : lines;
}
