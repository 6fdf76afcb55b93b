import type { Recorded } from "../store/writer";
import { isoOf, shapeAlert, shapeMarket, shapeOpportunity, shapeSignal } from "./shape";

/** What a socket may subscribe to; the first five without being asked. */
export const topics = [
  "signals",
  "alerts",
  "alpha",
  "market",
  "system",
  "health",
  "pipeline",
  "portfolios",
  "logs",
  "activity",
] as const;
export type Topic = (typeof topics)[number];
export const defaultTopics: readonly Topic[] = topics.slice(0, 5);

/** One thing to tell, before it has been given its words: alert changes take their seqs after everything raised. */
export interface Event {
  readonly seq: number;
  readonly topic: Topic;
  readonly at: number;
  readonly frame: string;
}

/** The frames one recorded observation is told by, in order of their seqs. `nextSeq` takes a further place in the order. */
export function eventsOf(recorded: Recorded, nextSeq: () => number): Event[] {
  const { seq, receivedAt: at } = recorded.observation;
  const eventOf = (place: number, topic: Topic, type: string, body: object): Event => ({
    seq: place,
    topic,
    at,
    frame: JSON.stringify({ type, seq: place, timestamp: isoOf(at), ...body }),
  });
  const events: Event[] = [];
  for (const [index, { row, news }] of recorded.signals.entries()) {
    if (news === "same") continue;
    events.push(
      eventOf(seq + index, "signals", news === "new" ? "new_signal" : "signal_changed", { signal: shapeSignal(row) }),
    );
  }
  for (const row of recorded.opportunities)
    events.push(eventOf(row.seq, "alpha", "alpha_opportunity", { opportunity: shapeOpportunity(row) }));
  if (recorded.market)
    events.push(eventOf(recorded.market.seq, "market", "market_update", { market: shapeMarket(recorded.market) }));
  for (const row of recorded.alerts) events.push(eventOf(row.seq, "alerts", "new_alert", { alert: shapeAlert(row) }));
  for (const row of recorded.changedAlerts)
    events.push(eventOf(nextSeq(), "alerts", "alert_changed", { alert: shapeAlert(row) }));
  return events;
}
