import type { DaemonParts } from "../../daemon/parts";
import { alertDetail, type AlertDetail } from "../../views/trace";

/**
 * Alerts as the API gives them, for messages: each channel is woken by the same commit, and a trace costs as much as all
 * else a message is made of.
 */
export function createAlertDetails({
  database,
  storeWriter,
}: Pick<DaemonParts, "database" | "storeWriter">): (id: string) => AlertDetail | null {
  const known = new Map<string, AlertDetail | null>();
  let asOf = -1;
  return (id) => {
    if (asOf !== storeWriter.seq) known.clear();
    asOf = storeWriter.seq;
    const detail = known.get(id) ?? alertDetail(database, id);
    known.set(id, detail);
    return detail;
  };
}
