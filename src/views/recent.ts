import type { AlertRow, OpportunityRow, SignalRow } from "../store/rows";
import { type AlertShape, shapeAlert } from "./alerts";
import { type OpportunityShape, shapeOpportunity } from "./opportunities";
import { type SignalShape, shapeSignal } from "./signals";

const max = 20;
const opportunitiesMax = 10;

/**
 * The newest so many rows of a kind by seq, whatever the clock did, newest first. They are shaped when asked for: of
 * a burst hardly any is.
 */
class Newest<T extends { readonly seq: number }> {
  readonly #items: { readonly at: number; readonly row: T }[] = [];

  put(at: number, row: T): void {
    const known = this.#items.findIndex((item) => item.row.seq === row.seq);
    if (known >= 0) {
      this.#items[known] = { at, row };
      return;
    }
    // Nearly always the newest: the place is found at once.
    let place = 0;
    while (place < this.#items.length && (this.#items[place]?.row.seq ?? 0) > row.seq) place++;
    this.#items.splice(place, 0, { at, row });
    this.#items.length = Math.min(this.#items.length, max);
  }

  since(time: number): T[] {
    return this.#items.filter(({ at }) => at >= time).map(({ row }) => row);
  }
}

/** What the overview shows of signals, alerts and opportunities, kept in memory as it happens. */
export class Recent {
  readonly #signals = new Newest<SignalRow>();
  readonly #alerts = new Newest<AlertRow>();
  readonly #opportunities = new Map<string, { receivedAt: number; observedAt: number; shape: OpportunityShape }>();

  putSignal(row: SignalRow): void {
    this.#signals.put(row.receivedAt, row);
  }

  putAlert(row: AlertRow): void {
    this.#alerts.put(row.raisedAt, row);
  }

  putOpportunity(row: OpportunityRow): void {
    const key = `${row.symbol} ${row.pattern}`;
    this.#opportunities.delete(key);
    this.#opportunities.set(key, {
      receivedAt: row.receivedAt,
      observedAt: row.observedAt,
      shape: shapeOpportunity(row),
    });
    // A map keeps the order of insertion: the first is the one updated longest ago.
    for (const oldest of this.#opportunities.keys()) {
      if (this.#opportunities.size <= opportunitiesMax) break;
      this.#opportunities.delete(oldest);
    }
  }

  signals(since: number): SignalShape[] {
    return this.#signals.since(since).map(shapeSignal);
  }

  alerts(since: number): AlertShape[] {
    return this.#alerts.since(since).map(shapeAlert);
  }

  /** Newest first. */
  opportunities(): { observedAt: number; shape: OpportunityShape }[] {
    return [...this.#opportunities.values()].toReversed();
  }
}
