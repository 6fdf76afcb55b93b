import { auditChainShape, auditFilter, type AuditChain } from "../../views/audit";
import { listRoute, type ListingDeps } from "../listing";
import { route, type Route } from "../route";

export interface AuditDeps extends ListingDeps {
  readonly auditChain: () => Promise<AuditChain>;
}

export function auditRoutes(deps: AuditDeps): Route[] {
  return [
    listRoute("audit", deps, {
      summary: "Who did what, when and from where, newest first",
      filter: auditFilter,
      need: "dashboard.admin",
    }),
    route({
      method: "GET",
      path: "/api/audit/chain",
      need: "dashboard.admin",
      summary: "Checks the whole chain of the audit log: where it ends, and whether it is intact",
      answer: auditChainShape,
      handle: () => deps.auditChain(),
    }),
  ];
}
