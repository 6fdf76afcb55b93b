import { z } from "zod";
import { feedbackValues, type ActName, type ActOutcome, type FeedbackValue, type WantedAct } from "../../core/act";
import { dayMs, parseDuration } from "../../core/duration";
import { matchSchema } from "../../core/match-schema";
import { since } from "../../core/query-text";
import { actedShape, actedMax, matchingIds } from "../../views/acts";
import { seqOfAlert } from "../../views/shape";
import { alertDetailShape, type AlertDetail } from "../../views/trace";
import type { ListingDeps } from "../listing";
import { Problem, type ProblemCode } from "../problems";
import { actorOf, found, route, type Call, type Route } from "../route";

const note = z.string().trim().min(1).max(1000);
const longestMs = 30 * dayMs;

/** How long something is to hold, in ms. */
export const duration = z
  .string()
  .max(20)
  .transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== null && ms > 0 && ms <= longestMs) return ms;
    context.addIssue({ code: "custom", message: "expected a duration such as 30m or 4h, 30d at most" });
    return z.NEVER;
  });

const one = {
  acknowledge: z.strictObject({ note: note.optional(), for: duration.optional() }),
  unacknowledge: z.strictObject({ note: note.optional() }),
  resolve: z.strictObject({ note: note.optional() }),
};
const feedbackBody = z.strictObject({ value: z.enum(feedbackValues), note: note.optional() });
const notesBody = z.strictObject({ text: note });

const many = z
  .strictObject({
    ids: z.array(z.string().max(20)).min(1).max(actedMax).optional(),
    match: matchSchema.optional(),
    // What describes a parameter of a query describes no field of a body.
    since: since.meta({ parameter: undefined }).optional(),
    note: note.optional(),
    for: duration.optional(),
  })
  .refine(({ ids, match }) => (ids === undefined) !== (match === undefined), "expected either ids or match");

const summaries = {
  acknowledge: [
    "Acknowledges an alert, for 4 h where no other time is given",
    "Acknowledges many alerts; answers what came of each",
  ],
  unacknowledge: [
    "Ends the acknowledgement of an alert",
    "Ends the acknowledgement of many alerts; answers what came of each",
  ],
  resolve: [
    "Resolves a state alert by hand; it is not raised again while its condition lasts",
    "Resolves many state alerts by hand; answers what came of each",
  ],
} as const;

export interface ActRouteDeps extends Pick<ListingDeps, "queries" | "now"> {
  /** What came of it for each alert, by seq. Throws Problem where it is not stored. */
  readonly actOn: (seqs: readonly number[], wanted: WantedAct) => Promise<ReadonlyMap<number, ActOutcome>>;
  /** Null where there is none. */
  readonly alertDetail: (id: string) => AlertDetail | null;
}

export function actRoutes(deps: ActRouteDeps): Route[] {
  const acts = ["acknowledge", "unacknowledge", "resolve"] as const;
  return [
    ...acts.flatMap((act) => [oneRoute(deps, act), manyRoute(deps, act)]),
    route({
      method: "POST",
      path: "/api/alerts/:id/feedback",
      need: "dashboard.alerts.manage",
      summary: "Gives feedback on an alert, also after it has ended",
      body: feedbackBody,
      answer: alertDetailShape,
      handle: (call) => actOnOne(deps, call, { act: "feedback", value: call.body.value, note: call.body.note }),
    }),
    route({
      method: "POST",
      path: "/api/alerts/:id/notes",
      need: "dashboard.alerts.manage",
      summary: "Adds a note to an alert, also after it has ended",
      body: notesBody,
      answer: alertDetailShape,
      handle: (call) => actOnOne(deps, call, { act: "note", note: call.body.text }),
    }),
  ];
}

function oneRoute(deps: ActRouteDeps, act: keyof typeof one): Route {
  return route({
    method: "POST",
    path: `/api/alerts/:id/${act}`,
    need: "dashboard.alerts.manage",
    summary: summaries[act][0],
    body: one[act] as typeof one.acknowledge,
    answer: alertDetailShape,
    handle: (call) => actOnOne(deps, call, { act, note: call.body.note, forMs: call.body.for }),
  });
}

function manyRoute(deps: ActRouteDeps, act: keyof typeof one): Route {
  return route({
    method: "POST",
    path: `/api/alerts/${act}`,
    need: "dashboard.alerts.manage",
    summary: summaries[act][1],
    body: many,
    answer: actedShape,
    async handle(call) {
      const { note: text, for: forMs, match = [] } = call.body;
      const from = call.body.since?.(deps.now());
      const ids = call.body.ids ?? (await matchingIds(deps.queries.alerts, act, { match, since: from }));
      const seqs = ids.map(seqOfAlert);
      const outcomes = await deps.actOn(
        seqs.filter((seq) => seq !== null),
        wanted(call, { act, note: text, forMs }),
      );
      const outcomeOf = (seq: number | null) => (seq === null ? undefined : outcomes.get(seq)) ?? ("unknown" as const);
      return { items: ids.map((id, index) => ({ id, outcome: outcomeOf(seqs[index] ?? null) })) };
    },
  });
}

interface Said {
  readonly act: ActName;
  readonly note?: string | undefined;
  readonly forMs?: number | undefined;
  readonly value?: FeedbackValue | undefined;
}

const problemOf: Partial<Record<ActOutcome, ProblemCode>> = {
  ended: "alert-ended",
  expires: "alert-expires",
  unknown: "not-found",
};

async function actOnOne(deps: ActRouteDeps, call: Call<unknown, unknown, "id">, said: Said): Promise<AlertDetail> {
  const { id } = call.params;
  const seq = seqOfAlert(id);
  if (seq === null) throw new Problem("not-found");
  const outcome = (await deps.actOn([seq], wanted(call, said))).get(seq) ?? "unknown";
  const problem = problemOf[outcome];
  if (problem !== undefined) throw new Problem(problem);
  return found(deps.alertDetail(id));
}

function wanted(call: Pick<Call, "context">, { act, note: text, forMs, value }: Said): WantedAct {
  const { who: by, from } = actorOf(call);
  return { act, by, from, note: text ?? null, forMs: forMs ?? null, value: value ?? null };
}
