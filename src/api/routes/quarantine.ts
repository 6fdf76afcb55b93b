import { retriedOf, retriedShape, type RetriedFile } from "../../views/retried";
import { quarantineShape } from "../../views/shapes";
import { answerList, type ListingDeps } from "../listing";
import type { Lists } from "../ports";
import { Problem } from "../problems";
import { quarantineQuery, retryBody } from "../queries";
import { actorOf, listOf, route, type Route } from "../route";

export interface QuarantineDeps extends ListingDeps {
  readonly lists: Pick<Lists, "quarantine">;
  /** Has files in quarantine read again, and answers what came of each. */
  readonly retryQuarantine: (wanted: {
    readonly file?: string | undefined;
    readonly source?: string | undefined;
  }) => Promise<RetriedFile[]>;
}

export function quarantineRoutes(deps: QuarantineDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/quarantine",
      need: "dashboard.view",
      summary: "Files that could not be read, and why; the last seen first",
      query: quarantineQuery,
      answer: listOf(quarantineShape),
      handle(call) {
        const { source, reason, q, ...page } = call.query;
        const filter = { source, reason, q };
        const find = deps.lists.quarantine;
        return answerList(call, deps, { name: "quarantine", shape: quarantineShape, page, filter, find });
      },
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
