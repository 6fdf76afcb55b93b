import { z } from "zod";
import { readCookie, refreshCookie } from "../../auth/cookies";
import { hashOf } from "../../auth/secret-text";
import type { SessionRow } from "../../auth/sessions";
import { sessionShape } from "../../views/sessions";
import { isoOf } from "../../views/shape";
import { done, doneShape, signedInShape, signedOutShape } from "../../views/sign-in";
import { secretBody } from "../credentials";
import { Problem } from "../problems";
import { providerSignOut, type ProviderDeps } from "../provider";
import { actorOf, itemsOf, principalOf, route, type Call, type Route } from "../route";
import { cookieOptionsOf, forgetCookies, fromOf, handOver } from "../session-cookies";

const refreshBody = z.strictObject({
  refresh_token: secretBody.optional(),
  idle_seconds: z.number().min(0).optional().meta({
    description:
      "How long ago a person last did something: a page renews by itself, and that prolongs no session. 0 where it is left out.",
  }),
});

/** One's own sessions: listed, renewed and ended. */
export function sessionRoutes(deps: ProviderDeps): Route[] {
  const { auth } = deps;
  return [
    route({
      method: "GET",
      path: "/api/auth/sessions",
      need: "signed-in",
      summary: "The caller's sessions",
      answer: itemsOf(sessionShape),
      handle(call) {
        const { sessionId } = principalOf(call);
        const items = ownSessions(call, deps).map((session) => ({
          id: publicSessionId(session.id),
          current: session.id === sessionId,
          created_at: isoOf(session.createdAt),
          last_seen_at: isoOf(auth.sessions.lastSeen(session)),
          ends_at: isoOf(session.endsAt),
          address: session.address,
          agent: session.agent,
        }));
        return { items, next_cursor: null };
      },
    }),
    route({
      method: "DELETE",
      path: "/api/auth/sessions",
      need: "signed-in",
      summary: "Ends all of the caller's sessions, this one included",
      answer: signedOutShape,
      async handle(call) {
        const { accountId, kind, name } = principalOf(call);
        if (kind === "token") throw new Problem("not-allowed");
        auth.sessions.endAll(accountId, null);
        const what = "sign-out.everywhere";
        auth.audit({ at: auth.now(), ...actorOf(call), what, subject: name, before: null, after: null });
        forgetCookies(call.context, deps);
        return { ...done, provider_sign_out: await providerSignOut(call.context, deps, accountId) };
      },
    }),
    route({
      method: "DELETE",
      path: "/api/auth/sessions/:id",
      need: "signed-in",
      summary: "Ends one of the caller's sessions",
      answer: doneShape,
      handle(call) {
        const session = ownSessions(call, deps).find(({ id }) => publicSessionId(id) === call.params.id);
        if (!session) throw new Problem("not-found");
        auth.sessions.end(session.id);
        auth.audit({
          at: auth.now(),
          ...actorOf(call),
          what: "session.ended",
          subject: principalOf(call).name,
          before: { address: session.address },
          after: null,
        });
        return done;
      },
    }),
    route({
      method: "POST",
      path: "/api/auth/refresh",
      need: "anyone",
      summary: "A new pair of tokens for a refresh token, which can be used once",
      body: refreshBody,
      answer: signedInShape,
      async handle({ body: { refresh_token: given, idle_seconds: idleSeconds = 0 }, context }) {
        const shown = given ?? readCookie(context.req.raw, refreshCookie(cookieOptionsOf(context, deps)));
        const issued = shown === null ? null : await auth.sessions.refresh(shown, fromOf(context), idleSeconds * 1000);
        if (issued !== null && !("stolenFrom" in issued))
          return handOver(context, deps, issued, given === undefined ? "cookie" : "bearer");
        if (issued !== null) reportTheft(deps, issued.stolenFrom.accountId, context.env.address);
        return sessionEnded(context, deps, given === undefined);
      },
    }),
    route({
      method: "POST",
      path: "/api/auth/logout",
      need: "anyone",
      summary: "Ends this session",
      body: z.strictObject({}),
      answer: signedOutShape,
      async handle(call) {
        const { context } = call;
        const accountId = endSessions(context, deps);
        const { principal } = context.env;
        if (principal !== null)
          auth.audit({
            at: auth.now(),
            ...actorOf(call),
            what: "sign-out",
            subject: principal.name,
            before: null,
            after: null,
          });
        forgetCookies(context, deps);
        return { ...done, provider_sign_out: await providerSignOut(context, deps, accountId) };
      },
    }),
  ];
}

function ownSessions(call: Pick<Call, "context">, { auth }: ProviderDeps): SessionRow[] {
  const { accountId, kind } = principalOf(call);
  if (kind === "token") throw new Problem("not-allowed");
  return auth.sessions.of(accountId);
}

/** Names a session to people: the id itself is part of a secret. */
export function publicSessionId(sessionId: string): string {
  return hashOf(sessionId).slice(0, 16);
}

/** The cookies go with the refusal: a thrown problem would leave them. */
function sessionEnded(context: Call["context"], deps: ProviderDeps, byCookie: boolean): Response {
  if (byCookie) forgetCookies(context, deps);
  return context.json(
    { type: "about:blank", title: "The session has ended: sign in again", status: 401, code: "session-ended" },
    401,
    { "content-type": "application/problem+json" },
  );
}

/** Ends the sessions that the request shows; answers whose they are, null where that is not known. */
function endSessions(context: Call["context"], deps: ProviderDeps): number | null {
  const { sessions } = deps.auth;
  const { principal } = context.env;
  const refresh = readCookie(context.req.raw, refreshCookie(cookieOptionsOf(context, deps)));
  const ids = [principal?.sessionId, refresh?.split(".")[0]].filter((id) => id !== undefined && id !== null);
  const accountIds = ids.map((id) => sessions.alive(id)?.accountId);
  for (const id of ids) sessions.end(id);
  return principal?.accountId ?? accountIds.find((id) => id !== undefined) ?? null;
}

function reportTheft({ auth }: ProviderDeps, accountId: number | null, from: string): void {
  const subject = auth.accounts.all().find(({ id }) => id === accountId)?.name ?? "owner";
  const what = "session.refresh-reused";
  auth.audit({ at: auth.now(), who: "unknown", from, what, subject, before: null, after: "the session has ended" });
}
