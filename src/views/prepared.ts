import type { OverviewShape } from "./overview-shape";
import { timeframes, type Timeframe } from "./overview";

/** The overview as bytes: what is sent, and its tag over everything but times and ages. */
export interface PreparedBytes {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  readonly preparedAt: number;
}

const notBeforeMs = 250;
const intervalMsMax = 1000;

/** Prepares the overview per timeframe: on change at most four times a second, and at least every second while read. */
export class PreparedOverviews {
  readonly #prepared = new Map<Timeframe, PreparedBytes & { readonly version: number }>();
  #lastOutcome: "hit" | "miss" = "miss";

  constructor(
    private readonly overview: { readonly version: number },
    private readonly render: (timeframe: Timeframe) => OverviewShape,
    /** Monotonic, ms. */
    private readonly elapsed: () => number,
    /** How long preparing took, seconds. */
    private readonly took: (seconds: number) => void,
  ) {}

  /** Whether the last answer came from prepared bytes. */
  get lastOutcome(): "hit" | "miss" {
    return this.#lastOutcome;
  }

  get(timeframe: Timeframe): PreparedBytes & { readonly outcome: "hit" | "miss" } {
    const now = this.elapsed();
    const before = this.#prepared.get(timeframe);
    const ageMs = before ? now - before.preparedAt : Number.POSITIVE_INFINITY;
    const due =
      before === undefined ||
      ageMs >= intervalMsMax ||
      (before.version !== this.overview.version && ageMs >= notBeforeMs);
    this.#lastOutcome = due ? "miss" : "hit";
    return { ...(due ? this.#prepare(timeframe, now) : before), outcome: this.#lastOutcome };
  }

  #prepare(timeframe: Timeframe, now: number): PreparedBytes {
    const data = this.render(timeframe);
    const prepared = {
      body: new TextEncoder().encode(JSON.stringify(data)),
      etag: etagOf(data),
      preparedAt: now,
      version: this.overview.version,
    };
    this.#prepared.set(timeframe, prepared);
    this.took((this.elapsed() - now) / 1000);
    return prepared;
  }
}

export function isTimeframe(text: string): text is Timeframe {
  return Object.hasOwn(timeframes, text);
}

/** Weak: the bytes differ by times and ages, what they say does not. */
function etagOf(data: OverviewShape): string {
  const { timestamp: _timestamp, system_status: status, market, alpha_opportunities: opportunities, ...rest } = data;
  const { uptime: _uptime, uptime_seconds: _seconds, ...facts } = status;
  const { age_seconds: _age, ...view } = market;
  const ageless = opportunities.map(({ age_seconds: _each, ...opportunity }) => opportunity);
  return `W/"${Bun.hash(JSON.stringify([rest, facts, view, ageless])).toString(36)}"`;
}
