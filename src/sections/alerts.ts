import { alertRoutes } from "../api/routes/alerts";
import { decisionRoutes } from "../api/routes/decisions";
import { opportunityRoutes } from "../api/routes/opportunities";
import { receivedRoutes } from "../api/routes/received";
import { signalRoutes } from "../api/routes/signals";
import { alertTypes, priorities } from "../core/alert";
import { listingOf } from "../daemon/listing";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { firingAlerts } from "../views/alerts";
import { missedBy } from "../views/decisions";
import { judgeAlerts } from "../views/health-checks";
import { unstoredAlertDetail } from "../views/store-alert";
import { alertDetail, decisionDetail, opportunityDetail, receivedDetail, signalDetail } from "../views/trace";

/** The alerts, what they are about, and what was decided of it. */
export function alertsSection(parts: DaemonParts): Section {
  const { database, overview, writer, storeGauges, metrics } = parts;
  const listing = listingOf(parts);
  return {
    name: "alerts",
    routes: [
      ...alertRoutes({
        ...listing,
        alertDetail: (id) => unstoredAlertDetail(overview.unstored, id) ?? alertDetail(database, id),
      }),
      ...signalRoutes({ ...listing, signalDetail: (id) => signalDetail(database, id) }),
      ...decisionRoutes({
        ...listing,
        isMissed: (id) => missedBy(database, id) !== null,
        decisionDetail: (id) => decisionDetail(database, id),
      }),
      ...receivedRoutes({ receivedDetail: (id) => receivedDetail(database, id) }),
      ...opportunityRoutes({ ...listing, opportunityDetail: (id) => opportunityDetail(database, id) }),
    ],
    health: () => (writer.fault === null ? [{ name: "alerts", judge: () => judgeAlerts(firingAlerts(database)) }] : []),
    gauges() {
      if (writer.fault !== null) return;
      metrics.openAlerts.forget();
      for (const type of alertTypes) for (const priority of priorities) metrics.openAlerts.set(0, { type, priority });
      for (const { type, priority, count } of storeGauges.openAlerts())
        metrics.openAlerts.set(count, { type, priority });
    },
  };
}
