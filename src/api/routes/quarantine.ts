import { z } from "zod";
import { source } from "../../core/query-text";
import { retriedOf, retriedShape, type RetriedFile } from "../../views/retried";
import { quarantineFilter } from "../../views/quarantine";
import { listRoute, type ListingDeps } from "../listing";
import { Problem } from "../problems";
import { actorOf, route, type Route } from "../route";

/** All that is in quarantine, or what is of this source, or this file as the list names it. */
const retryBody = z.strictObject({ file: z.string().min(1).max(1000).optional(), source: source.optional() });

export interface QuarantineDeps extends ListingDeps {
  /** Has files in quarantine read again, and answers what came of each. */
  readonly retryQuarantine: (wanted: {
    readonly file?: string | undefined;
    readonly source?: string | undefined;
  }) => Promise<RetriedFile[]>;
}

export function quarantineRoutes(deps: QuarantineDeps): Route[] {
  return [
    listRoute("quarantine", deps, {
      summary: "Files that could not be read, and why; the last seen first",
      filter: quarantineFilter,
    }),
    route({
      method: "POST",
      path: "/api/quarantine/retry",
      need: "dashboard.settings.manage",
      summary:
        "Reads files in quarantine again: all, those of a source, or one as the list names it; answers what came of each",
      body: retryBody,
      answer: retriedShape,
      async handle(call) {
        const { file, source } = call.body;
        const answer = retriedOf(await deps.retryQuarantine(call.body));
        if (file !== undefined && answer.items.length === 0)
          throw new Problem("not-found", `${file} is not in quarantine.`);
        if (answer.retried.length > 0)
          deps.audit({
            ...actorOf(call),
            at: deps.now(),
            what: "quarantine.retried",
            subject: file ?? null,
            before: null,
            after: { source: source ?? null, files: answer.retried.length },
          });
        return answer;
      },
    }),
  ];
}
