import { clockAlertMs } from "../core/decide/rules/exchange-clock";
import type { Condition } from "../core/decide/state";

/** One answer may be odd; a second look says the same. */
const readingsToReport = 2;

/** How far our clock is from each exchange's, by its last answers; reported when that becomes, or is no longer, worth an alert. */
export class ExchangeClocks {
  readonly #known = new Map<string, { readonly aheadMs: number | null; readonly off: number }>();

  constructor(
    private readonly deps: {
      readonly conditionOf: (exchange: string) => Condition | undefined;
      readonly report: (exchange: string, aheadMs: number) => void;
    },
  ) {}

  /** Null where the exchange has sent no time. */
  observe(exchange: string, aheadMs: number | null): void {
    const isOff = aheadMs !== null && Math.abs(aheadMs) >= clockAlertMs;
    const off = isOff ? (this.#known.get(exchange)?.off ?? 0) + 1 : 0;
    this.#known.set(exchange, { aheadMs, off });
    if (aheadMs === null) return;
    // By what is stored: an earlier run of the program may have reported it. One that was held back is reported again.
    const condition = this.deps.conditionOf(exchange);
    const isLogged = condition?.alertSeq !== undefined && condition.alertSeq !== null;
    if (isOff ? off >= readingsToReport && !isLogged : condition !== undefined) this.deps.report(exchange, aheadMs);
  }

  of(exchange: string): number | null {
    return this.#known.get(exchange)?.aheadMs ?? null;
  }
}
