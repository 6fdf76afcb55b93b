import { unreadableFactors } from "../auth/sealed-factors";
import { headAsNumber, logAuditHead } from "../daemon/audit";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { judgeFactors } from "../views/health-checks";

const rememberUsesEveryMs = 30_000;

/** Who may do what, and the audit log of who did. */
export function accessSection(parts: DaemonParts): Section {
  const { accounts, sealer, authServices, database, log, metrics, storeGauges, writer } = parts;
  return {
    name: "access",
    gauges() {
      if (writer.fault !== null) return;
      const head = storeGauges.auditHead();
      metrics.auditEntries.set(head.id);
      metrics.auditHead.set(headAsNumber(head));
    },
    health: () =>
      writer.fault === null
        ? [{ name: "second_factors", judge: () => judgeFactors(unreadableFactors(accounts, sealer)) }]
        : [],
    maintain: [{ everyMs: rememberUsesEveryMs, run: () => void writer.maintain(() => authServices.flush()) }],
    start() {
      const logging = logAuditHead(database, log);
      return {
        [Symbol.dispose]() {
          logging[Symbol.dispose]();
          writer.maintain(() => authServices.flush({ last: true }));
        },
      };
    },
  };
}
