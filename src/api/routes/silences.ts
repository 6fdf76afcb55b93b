import { z } from "zod";
import type { Actor } from "../../auth/accounts";
import type { ActTarget } from "../../core/act";
import { nextOpening, type Calendar } from "../../core/calendar/calendar";
import { matchSchema } from "../../core/match-schema";
import type { Matcher } from "../../core/matcher";
import { whole } from "../../core/query-text";
import type { SilenceTerms } from "../../core/silence";
import { silencePreviewShape, silenceShape, silenceStates } from "../../views/silences";
import type { SilencePreview, SilenceShape, SilenceState } from "../../views/silences";
import { Problem } from "../problems";
import { actorOf, found, itemsOf, route, type Route } from "../route";
import { duration } from "./acts";

const opens = "opens:";
const comment = z.string().trim().max(1000);
const until = z.union([z.literal("resolved"), z.iso.datetime({ offset: true }), z.string().regex(/^opens:/)]).meta({
  description:
    "an ISO 8601 time; `resolved`: with `alert`, or where exactly one open alert matches; `opens:NAME`: when a calendar opens",
});

const terms = {
  match: matchSchema.optional(),
  /** The alert that `until` speaks of; without `match`, what is like it is silenced. */
  alert: z.string().max(20).optional(),
  for: duration.optional(),
  until: until.optional(),
  comment: comment.optional(),
  include_high: z.boolean().optional(),
};
export const termsBody = z.strictObject(terms);
export type SilenceBody = z.output<typeof termsBody>;

const listQuery = z.strictObject({
  state: z.enum(silenceStates).optional().describe("Active ones, ended ones, or all; active where left out."),
  limit: whole(1, 1000).optional().describe("At most so many, newest first."),
});

/** Terms in full, and the alert whose end ends it. */
interface ReadTerms {
  readonly terms: SilenceTerms;
  readonly untilAlert: ActTarget | null;
}

export interface SilenceRouteDeps {
  readonly now: () => number;
  readonly silences: (state: SilenceState, limit: number) => SilenceShape[];
  /** Null where there is none. */
  readonly silence: (id: string) => SilenceShape | null;
  readonly calendars: () => Readonly<Record<string, Calendar>>;
  /** Null where there is no such alert. */
  readonly alertTarget: (id: string) => ActTarget | null;
  /** At most two that stand and match. */
  readonly standing: (match: readonly Matcher[]) => Promise<readonly string[]>;
  /** Answers its id. Each throws Problem where it is not stored, or cannot be done as things stand. */
  readonly add: (wanted: ReadTerms, actor: Actor) => Promise<string>;
  readonly change: (id: string, wanted: ReadTerms, actor: Actor) => Promise<void>;
  readonly end: (id: string, actor: Actor) => Promise<void>;
  readonly preview: (terms: Pick<SilenceTerms, "match" | "includeHigh">) => Promise<SilencePreview>;
}

const need = "dashboard.alerts.manage";
const path = "/api/silences";

/** What people muted for a time. */
export function silenceRoutes(deps: SilenceRouteDeps): Route[] {
  return [
    route({
      method: "GET",
      path,
      need: "dashboard.view",
      summary: "Silences made at run time, newest first, and how many alerts each has hidden",
      query: listQuery,
      answer: itemsOf(silenceShape),
      handle: ({ query: { state = "active", limit = 100 } }) => ({
        items: deps.silences(state, limit),
        next_cursor: null,
      }),
    }),
    route({
      method: "POST",
      path,
      need,
      summary: "Mutes what matches, for a time, until an alert ends, or until it has hidden nothing for 24 h",
      body: termsBody,
      answer: silenceShape,
      status: 201,
      handle: (call) => makeSilence(deps, call.body, actorOf(call)),
    }),
    route({
      method: "POST",
      path: `${path}/preview`,
      need,
      summary: "What a silence would have hidden in the last 7 days, by the code that decides live",
      body: termsBody,
      answer: silencePreviewShape,
      handle: ({ body }) => deps.preview({ match: matchOf(deps, body), includeHigh: body.include_high ?? false }),
    }),
    route({
      method: "PATCH",
      path: `${path}/:id`,
      need,
      summary: "Changes an active silence; its count of hidden alerts is kept",
      body: termsBody,
      answer: silenceShape,
      async handle(call) {
        const { id } = call.params;
        await deps.change(id, await readTerms(deps, call.body, standing(deps, id)), actorOf(call));
        return found(deps.silence(id));
      },
    }),
    route({
      method: "DELETE",
      path: `${path}/:id`,
      need,
      summary: "Ends a silence at once; it stays in the list of ended ones",
      answer: silenceShape,
      handle: (call) => endSilence(deps, call.params.id, actorOf(call)),
    }),
  ];
}

/** Throws Problem. */
export async function makeSilence(deps: SilenceRouteDeps, body: SilenceBody, actor: Actor): Promise<SilenceShape> {
  return found(deps.silence(await deps.add(await readTerms(deps, body, null), actor)));
}

/** Throws Problem. */
export async function endSilence(deps: SilenceRouteDeps, id: string, actor: Actor): Promise<SilenceShape> {
  standing(deps, id);
  await deps.end(id, actor);
  return found(deps.silence(id));
}

/** Throws Problem where there is none, or it has ended. */
function standing(deps: SilenceRouteDeps, id: string): SilenceShape {
  const silence = found(deps.silence(id));
  if (silence.state === "ended") throw new Problem("silence-ended");
  return silence;
}

/** Throws Problem for what has no meaning. `before`: what holds of a silence that is changed. */
async function readTerms(deps: SilenceRouteDeps, body: SilenceBody, before: SilenceShape | null): Promise<ReadTerms> {
  const match = before && body.match === undefined && body.alert === undefined ? before.match : matchOf(deps, body);
  const terms = {
    match,
    comment: body.comment ?? before?.comment ?? "",
    includeHigh: body.include_high ?? before?.include_high ?? false,
  };
  const timed = (endsAt: number | null) => ({ terms: { ...terms, endsAt, untilAlertSeq: null }, untilAlert: null });
  if (body.until !== undefined && body.for !== undefined) throw invalid("until", "expected either for or until");
  if (body.for !== undefined) return timed(deps.now() + body.for);
  if (body.until === "resolved" || (body.until === undefined && before !== null && before.until_alert !== null)) {
    const id = body.until === undefined ? (before?.until_alert ?? "") : (body.alert ?? (await onlyOne(deps, match)));
    const untilAlert = deps.alertTarget(id);
    if (untilAlert === null) throw invalid("alert", `there is no alert ${id}`);
    return { terms: { ...terms, endsAt: null, untilAlertSeq: untilAlert.seq }, untilAlert };
  }
  if (body.until === undefined) return timed(before?.ends_at ? Date.parse(before.ends_at) : null);
  if (body.until.startsWith(opens)) return timed(openingOf(deps, body.until.slice(opens.length)));
  const endsAt = Date.parse(body.until);
  if (endsAt <= deps.now()) throw invalid("until", "expected a time in the future");
  return timed(endsAt);
}

/** When a calendar of the config opens next, epoch ms. Throws Problem where it does not, or there is none of this name. */
function openingOf({ calendars, now }: SilenceRouteDeps, name: string): number {
  const known = calendars();
  const calendar = Object.hasOwn(known, name) ? known[name] : undefined;
  if (calendar === undefined) {
    const names = Object.keys(known);
    const others = names.length === 0 ? "the config has no calendars" : `expected one of ${names.join(", ")}`;
    throw invalid("until", `there is no calendar ${name}: ${others}`);
  }
  const at = nextOpening(calendar, now());
  if (at === null) throw invalid("until", `the calendar ${name} has no opening in sight`);
  return at;
}

/** By the matchers, or what is like the alert that is named. Throws Problem where neither is. */
export function matchOf(
  deps: Pick<SilenceRouteDeps, "alertTarget">,
  { match, alert }: Pick<SilenceBody, "match" | "alert">,
): readonly Matcher[] {
  if (match !== undefined) return match;
  if (alert === undefined) throw invalid("match", "expected matchers, or an alert");
  const target = deps.alertTarget(alert);
  if (target === null) throw invalid("alert", `there is no alert ${alert}`);
  const { rule, source, symbol } = target;
  return Object.entries({ rule, source, symbol }).flatMap(([name, value]) =>
    value === null ? [] : [{ name, op: "=" as const, value }],
  );
}

/** Throws Problem unless one alert stands that matches. */
async function onlyOne(deps: SilenceRouteDeps, match: readonly Matcher[]): Promise<string> {
  const [id, another] = await deps.standing(match);
  if (id === undefined) throw invalid("until", "no open alert matches, so it would end at once");
  if (another !== undefined) throw invalid("until", "several alerts match: name the one with alert");
  return id;
}

function invalid(at: string, message: string): Problem {
  return new Problem("validation", undefined, [{ path: at, message }]);
}
