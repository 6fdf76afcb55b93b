import { dueRow } from "../../src/core/notify/delivery";
import { openForWriting } from "../../src/store/db";
import { DeliveryStore } from "../../src/store/deliveries";
import { alerts } from "../../src/store/schema";
import { systemAlertRow } from "../support/alert-rows";

/** Puts so many raises into the outbox of a channel called hook. */
export function fill(data: string, rows: number, state: "due" | "sent"): void {
  using database = openForWriting(data, { durable: false });
  const outbox = new DeliveryStore(database);
  const now = Date.now();
  const ended = state === "sent" ? { attempts: 1, lastAnswer: "HTTP 204", acceptedAt: now, endedAt: now } : {};
  database.raw.transaction(() => {
    for (let seq = 1; seq <= rows; seq++) {
      // What is about an alert that is gone would be withdrawn.
      if (state === "due")
        database.db
          .insert(alerts)
          .values(alertOf(rows + seq, now))
          .run();
      outbox.insert({ ...dueRow({ ...due(now), alertSeq: rows + seq }, seq), state, ...ended });
    }
    database.raw.run(`INSERT OR REPLACE INTO meta (key, value) VALUES ('seq', '${2 * rows + 1}')`);
  })();
}

export function due(now: number) {
  return {
    alertSeq: null,
    channel: "hook",
    route: null,
    step: 0,
    purpose: "raise",
    createdAt: now,
    dueAt: now,
  } as const;
}

function alertOf(seq: number, now: number) {
  const message = `what is watched under the number ${seq} has been silent for 12 min`;
  return systemAlertRow(seq, now, { rule: "bench", message });
}
