import { count, inArray, sql } from "drizzle-orm";
import type { AlertType, Priority } from "../core/alert";
import { newestEntry, nothingYet, type AuditHead } from "./audit";
import type { Database } from "./db";
import { alerts, quarantine } from "./schema";

/** What stands in the store now. */
export interface StoreGauges {
  quarantined(): number;
  auditHead(): AuditHead;
  /** Those that stand: open or acknowledged. */
  openAlerts(): readonly { readonly type: AlertType; readonly priority: Priority; readonly count: number }[];
}

/** Asked at every scrape: the statements are written once. */
export function prepareGauges(database: Database): StoreGauges {
  const { db } = database;
  const quarantined = db.select({ count: count() }).from(quarantine).prepare();
  const newest = newestEntry(database).prepare();
  const open = db
    .select({ type: sql<AlertType>`${alerts.type}`, priority: sql<Priority>`${alerts.priority}`, count: count() })
    .from(alerts)
    .where(inArray(alerts.state, ["open", "acknowledged"]))
    .groupBy(alerts.type, alerts.priority)
    .prepare();
  return {
    quarantined: () => quarantined.get()?.count ?? 0,
    auditHead: () => newest.get() ?? nothingYet,
    openAlerts: () => open.all(),
  };
}
