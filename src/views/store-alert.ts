import type { StoreFault } from "../core/store-fault";
import type { AlertShape } from "./alerts";
import { noDeliveries } from "./deliveries";
import { isoOf } from "./shape";
import type { AlertDetail } from "./trace";

/** No row has it: it stands in memory alone. */
const storeAlertId = "store";

const advice: Readonly<Record<StoreFault, string>> = {
  "disk-full": "the disk is full: make room",
  "read-only": "it may only be read: mend the rights of the data folder",
  locked: "another program holds it: end that program",
  corrupt: "it is damaged: stop the daemon and put a backup back with virtuoso restore FILE",
  missing: "its file is gone: put the data folder back",
  failed: "the disk does not answer: the log has its words",
};

/** The alert that nothing can be stored, which cannot be stored itself. */
export function storeAlert(fault: StoreFault, at: number): AlertShape {
  return {
    id: storeAlertId,
    kind: "state",
    state: "open",
    type: "SYSTEM",
    priority: "high",
    message: `Nothing can be stored in the database, ${advice[fault]}`,
    timestamp: isoOf(at),
    source: null,
    symbol: null,
    direction: null,
    rule: "store-fault",
    signal_id: null,
    subject_id: null,
    expires_at: null,
    ended_at: null,
    end_reason: null,
    superseded_by: null,
    acknowledged: null,
  };
}

const nothingKept = {
  details: {},
  summed_up: null,
  trace: [],
  signal: null,
  opportunity: null,
  deliveries: noDeliveries,
  acts: [],
  notes: [],
};

/** One of the alerts that stand in memory alone, for nothing can be stored; null where it is none of them. */
export function unstoredAlertDetail(unstored: readonly AlertShape[], id: string): AlertDetail | null {
  const alert = unstored.find((each) => each.id === id);
  return alert ? { ...alert, ...nothingKept } : null;
}
