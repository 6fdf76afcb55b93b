import type { Recorded } from "../store/writer";
import { eventFrom, type Event } from "./frames";
import type { Delivery } from "../core/notify/delivery";
import { shapeAlert } from "./alerts";
import { shapeDelivery } from "./deliveries";
import { shapeMarket } from "./market";
import { shapeOpportunity } from "./opportunities";
import { shapeSilence } from "./silences";
import { shapeSignal } from "./signals";

/**
 * The events of one recorded observation, in order of their seqs.
 * `nextSeq` takes a further place in the order: changes of alerts come after everything raised.
 */
export function eventsOf(recorded: Recorded, nextSeq: () => number): Event[] {
  const { seq, receivedAt: at } = recorded.observation;
  const events: Event[] = [];
  for (const [index, { row, news }] of recorded.signals.entries()) {
    if (news === "same") continue;
    const type = news === "new" ? "new_signal" : "signal_changed";
    events.push(eventFrom(type, seq + index, at, { signal: shapeSignal(row) }));
  }
  for (const row of recorded.opportunities)
    events.push(eventFrom("alpha_opportunity", row.seq, at, { opportunity: shapeOpportunity(row) }));
  const { market } = recorded;
  if (market) events.push(eventFrom("market_update", market.seq, at, { market: shapeMarket(market) }));
  for (const row of recorded.alerts) events.push(eventFrom("new_alert", row.seq, at, { alert: shapeAlert(row) }));
  for (const row of recorded.changedAlerts)
    events.push(eventFrom("alert_changed", nextSeq(), at, { alert: shapeAlert(row) }));
  const silences = recorded.silences.flatMap(({ row, news }) => (news ? [shapeSilence(row)] : []));
  if (silences.length > 0) events.push(eventFrom("silences_changed", nextSeq(), at, { silences }));
  return events;
}

/** A delivery came on, or to its end. `epoch`: of the database; `at`: epoch ms. */
export function deliveryChanged(row: Delivery, epoch: string, seq: number, at: number): Event {
  return eventFrom("delivery_changed", seq, at, { delivery: shapeDelivery(row, epoch) });
}
