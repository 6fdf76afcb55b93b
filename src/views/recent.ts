import type { AlertRow, OpportunityRow, SignalRow } from "../store/rows";
import type { AlertShape, OpportunityShape, SignalShape } from "./shapes";
import { shapeAlert, shapeOpportunity, shapeSignal } from "./shape";

const most = 20;
const opportunitiesMost = 10;

interface Placed<T> {
  readonly receivedAt: number;
  readonly shape: T;
}

/** The newest so many of a kind by id, newest first. */
class Newest<T extends { readonly id: string }> {
  #items: Placed<T>[] = [];

  put(receivedAt: number, shape: T): void {
    const at = this.#items.findIndex((item) => item.shape.id === shape.id);
    if (at >= 0) {
      this.#items[at] = { receivedAt, shape };
      return;
    }
    // Nearly always the newest: the place is found at once.
    let place = 0;
    while (place < this.#items.length && (this.#items[place]?.receivedAt ?? 0) > receivedAt) place++;
    this.#items.splice(place, 0, { receivedAt, shape });
    this.#items.length = Math.min(this.#items.length, most);
  }

  since(time: number): T[] {
    return this.#items.filter(({ receivedAt }) => receivedAt >= time).map(({ shape }) => shape);
  }
}

/** What the overview shows of signals, alerts and opportunities, kept in memory as it happens. */
export class Recent {
  readonly #signals = new Newest<SignalShape>();
  readonly #alerts = new Newest<AlertShape>();
  readonly #opportunities = new Map<string, { receivedAt: number; observedAt: number; shape: OpportunityShape }>();

  putSignal(row: SignalRow): void {
    this.#signals.put(row.receivedAt, shapeSignal(row));
  }

  putAlert(row: AlertRow): void {
    this.#alerts.put(row.raisedAt, shapeAlert(row));
  }

  putOpportunity(row: OpportunityRow): void {
    const key = `${row.symbol} ${row.pattern}`;
    this.#opportunities.delete(key);
    this.#opportunities.set(key, { receivedAt: row.receivedAt, observedAt: row.observedAt, shape: shapeOpportunity(row) });
    // A map keeps the order of insertion: the first is the one heard of longest ago.
    for (const oldest of this.#opportunities.keys()) {
      if (this.#opportunities.size <= opportunitiesMost) break;
      this.#opportunities.delete(oldest);
    }
  }

  signals(since: number): SignalShape[] {
    return this.#signals.since(since);
  }

  alerts(since: number): AlertShape[] {
    return this.#alerts.since(since);
  }

  /** Newest first. */
  opportunities(): { observedAt: number; shape: OpportunityShape }[] {
    return [...this.#opportunities.values()].toReversed();
  }
}
