/** A report as a test describes it: what its writer would put into the file, and under which name. */
export interface ReportGiven {
  /** Null: named after its symbol and time. */
  readonly name: string | null;
  /** Text goes into the file as it stands. */
  readonly body: (now: number) => unknown;
}

export interface SignalGiven {
  readonly symbol?: string;
  readonly direction?: "long" | "short";
  /** Conviction 0 to 100; a short's is written as a directional score, as real writers do. */
  readonly strength?: number;
  /** Null: the report names no id. */
  readonly id?: string | null;
  /** How long before now the market was so, ms. */
  readonly agoMs?: number;
  readonly name?: string;
  /** Further keys, or other values of the usual ones. */
  readonly more?: Readonly<Record<string, unknown>>;
}

let made = 0;

/** A new signal: each has an id of its own unless one is given. */
export function aSignal({
  symbol = "BTCUSDT",
  direction = "long",
  strength = 80,
  id,
  agoMs = 0,
  name,
  more = {},
}: SignalGiven = {}): ReportGiven {
  const number = ++made;
  const signalId = id === undefined ? `sig-${number}` : id;
  return {
    name: name ?? `${symbol.toLowerCase().replaceAll("/", "")}_${number}.json`,
    body: (now) => ({
      symbol,
      signal: direction === "long" ? "BUY" : "SELL",
      score: direction === "long" ? strength : 100 - strength,
      timestamp: now - agoMs,
      ...(signalId === null ? {} : { signal_id: signalId }),
      ...more,
    }),
  };
}

/** Anything else: text as it stands, or an object as JSON. */
export function aReport(name: string, body: unknown): ReportGiven {
  return { name, body: () => body };
}
