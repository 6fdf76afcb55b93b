import { hourMs, minuteMs } from "../core/duration";
import { chanceOf } from "../exchange/simulated/chance";
import type { Trouble, Troubles } from "../exchange/simulated/trouble";

/** What goes wrong in the simulated world, as in any other: a pure function of seed and time. */
export type Fault =
  /** An exchange answers with errors. */
  | { readonly kind: "outage"; readonly since: number; readonly until: number; readonly trouble: Trouble }
  /** The exchange has no candles of a symbol for a while, then or ever. */
  | { readonly kind: "gap"; readonly since: number; readonly until: number; readonly symbol: string }
  /** A strategy stands still. */
  | { readonly kind: "silence"; readonly since: number; readonly until: number; readonly strategy: string };

const outages: readonly Trouble[] = [
  { kind: "status", status: 503, path: "/api/v3/" },
  { kind: "garbage", body: "<html>We will be back soon</html>", path: "/api/v3/" },
  { kind: "status", status: 500, path: "/v5/market/kline" },
];
const gappy = ["SOLUSDT", "XRPUSDT", "DOGEUSDT", "ADAUSDT"] as const;
const everyMs = 16 * hourMs;

/** Those that touch the time between. Each comes once in 16 h, somewhere in it. */
export function faultsOf(seed: string, since: number, until: number): Fault[] {
  const periods = Array.from(
    { length: Math.floor(until / everyMs) - Math.floor(since / everyMs) + 1 },
    (_, index) => Math.floor(since / everyMs) + index,
  );
  return periods
    .flatMap((period) => inPeriod(seed, period))
    .filter((fault) => fault.since < until && fault.until > since);
}

function inPeriod(seed: string, period: number): Fault[] {
  const chance = (what: string) => chanceOf(seed, "hardship", what, period);
  const lasting = (what: string, lengthMs: number) => {
    const since = period * everyMs + Math.floor((chance(what) * (everyMs - lengthMs)) / minuteMs) * minuteMs;
    return { since, until: since + lengthMs };
  };
  return [
    {
      kind: "outage",
      ...lasting("outage", 50 * minuteMs),
      trouble: outages[Math.floor(chance("which") * outages.length)]!,
    },
    { kind: "gap", ...lasting("gap", 25 * minuteMs), symbol: gappy[Math.floor(chance("symbol") * gappy.length)]! },
    { kind: "silence", ...lasting("silence", 4 * hourMs), strategy: "reversion" },
  ];
}

/** Lets the exchange have its troubles, from time to time. */
export class FaultSchedule {
  readonly #made = new Map<string, () => void>();

  constructor(
    private readonly seed: string,
    private readonly troubles: Troubles,
  ) {}

  /** What holds now, and no more; gaps are made a little ahead of their time, for a candle that was published stays published. */
  follow(now: number): void {
    const due = new Map(
      faultsOf(this.seed, now, now + hourMs)
        .filter(({ since, kind }) => kind === "gap" || since <= now)
        .map((fault) => [`${fault.kind} ${fault.since}`, fault]),
    );
    for (const [name, fault] of due) if (!this.#made.has(name)) this.#made.set(name, this.#make(fault));
    for (const [name, end] of this.#made) {
      if (due.has(name)) continue;
      end();
      this.#made.delete(name);
    }
  }

  #make(fault: Fault): () => void {
    if (fault.kind === "outage") return this.troubles.make(fault.trouble);
    if (fault.kind === "gap") this.troubles.gaps.push(fault);
    return () => undefined;
  }
}
