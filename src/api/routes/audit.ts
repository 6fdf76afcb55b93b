import { auditChainShape, auditShape, type AuditChain } from "../../views/audit";
import { answerList, type ListingDeps } from "../listing";
import type { Lists } from "../ports";
import { auditQuery } from "../queries";
import { listOf, route, type Route } from "../route";

export interface AuditDeps extends ListingDeps {
  readonly lists: Pick<Lists, "audit">;
  readonly auditChain: () => Promise<AuditChain>;
}

export function auditRoutes(deps: AuditDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/audit",
      need: "dashboard.admin",
      summary: "Who did what, when and from where, newest first",
      query: auditQuery,
      answer: listOf(auditShape),
      handle(call) {
        const { who, what, ...page } = call.query;
        return answerList(call, deps, {
          name: "audit",
          shape: auditShape,
          page,
          filter: { who, what },
          find: deps.lists.audit,
        });
      },
    }),
    route({
      method: "GET",
      path: "/api/audit/chain",
      need: "dashboard.admin",
      summary: "Goes along the whole chain of the audit log: where it ends, and whether it holds",
      answer: auditChainShape,
      handle: () => deps.auditChain(),
    }),
  ];
}
