import { accountRoutes } from "../api/routes/account";
import { auditRoutes } from "../api/routes/audit";
import { identityProviderRoutes } from "../api/routes/identity-provider";
import { secondFactorRoutes } from "../api/routes/second-factor";
import { sessionRoutes } from "../api/routes/sessions";
import { signInRoutes } from "../api/routes/sign-in";
import { tokenRoutes } from "../api/routes/tokens";
import { userRoutes } from "../api/routes/users";
import { IdentityProvider } from "../auth/identity-provider";
import { unreadableFactors } from "../auth/sealed-factors";
import { logAuditHead } from "../daemon/audit";
import { listingOf } from "../daemon/listing";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { headAsNumber } from "../store/audit";
import { auditChain } from "../views/audit";
import { judgeFactors } from "../views/health-checks";

const rememberUsesEveryMs = 30_000;

/** Who may do what, and the audit log of who did. */
export function accessSection(parts: DaemonParts): Section {
  const { accounts, sealer, authServices, database, log, metrics, storeGauges, writer, settings, now } = parts;
  const { oidc } = settings.config;
  const access = {
    auth: authServices,
    basePath: () => settings.config.basePath,
    publicUrl: () => settings.config.publicUrl,
    identityProvider: oidc && new IdentityProvider(oidc, now),
  };
  return {
    name: "access",
    routes: [
      ...signInRoutes(access),
      ...identityProviderRoutes(access),
      ...accountRoutes(access),
      ...secondFactorRoutes(access),
      ...sessionRoutes(access),
      ...userRoutes(access),
      ...tokenRoutes(access),
      ...auditRoutes({ ...listingOf(parts), auditChain: () => auditChain(database, now()) }),
    ],
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
