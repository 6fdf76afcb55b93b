/** What an exchange can do instead of answering. `path`: only where the request's path contains it; `times`: for ever where left out. */
export type Trouble = { readonly path?: string; readonly times?: number } & (
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** It accepts the request and never answers. */
  | { readonly kind: "hang" }
  /** It answers with its headers and half a body, and then no more. */
  | { readonly kind: "stall" }
  | { readonly kind: "garbage"; readonly body: string }
);

/** Candles that are missing: those of a symbol that opened from `since`, before `until`. */
export interface Gap {
  readonly symbol: string;
  readonly since: number;
  readonly until: number;
}

/** The troubles of a simulated exchange, as a test or a demo makes them. */
export class Troubles {
  readonly gaps: Gap[] = [];
  /** Listed as closed; the last row of their ticker lingers. */
  readonly delisted = new Set<string>();
  /** Their ticker has no numbers. */
  readonly spoiled = new Set<string>();
  #waiting: { trouble: Trouble; left: number }[] = [];

  /** Answers with what ends it. */
  make(trouble: Trouble): () => void {
    const made = { trouble, left: trouble.times ?? Number.POSITIVE_INFINITY };
    this.#waiting.push(made);
    return () => void (this.#waiting = this.#waiting.filter((each) => each !== made));
  }

  /** The trouble this request meets, if any; each is met as often as it was made for. */
  meet(path: string): Trouble | null {
    const met = this.#waiting.find(({ trouble }) => trouble.path === undefined || path.includes(trouble.path));
    if (met === undefined) return null;
    met.left -= 1;
    if (met.left <= 0) this.#waiting = this.#waiting.filter((each) => each !== met);
    return met.trouble;
  }

  clear(): void {
    this.#waiting = [];
    this.gaps.length = 0;
    this.delisted.clear();
    this.spoiled.clear();
  }

  missing(symbol: string, at: number): boolean {
    return this.gaps.some((gap) => gap.symbol === symbol && at >= gap.since && at < gap.until);
  }
}
