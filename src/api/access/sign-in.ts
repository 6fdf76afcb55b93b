import type { Hono } from "hono";
import { readCookie, refreshCookie } from "../../auth/cookies";
import { TooBusy } from "../../auth/passwords";
import type { SignedIn } from "../../auth/sign-in";
import type { AppEnv } from "../access-rule";
import { Problem } from "../problems";
import { body, describe, query } from "../validate";
import { noQuery } from "../queries";
import {
  actorOf,
  answerIssued,
  endFormer,
  forgetCookies,
  fromOf,
  cookieOptionsOf,
  principalOf,
  providerSignOut,
  rememberDevice,
  shownDevice,
  type AccessApi,
  type ApiContext,
} from "./access-api";
import {
  emptyBody,
  linkBody,
  linkShape,
  loginBody,
  optionsShape,
  refreshBody,
  setupBody,
  signedInShape,
  signedOutShape,
} from "./shapes";

/** Signing in and out. */
export function addSignInRoutes(app: Hono<AppEnv>, api: AccessApi): void {
  const { auth } = api;

  app.get("/api/auth/options", describe("How one signs in here", optionsShape), query(noQuery), (context) =>
    context.json({
      auth: auth.required ? "required" : "off",
      setup: auth.accounts.none,
      password: true,
      identity_provider: api.identityProvider?.config.label ?? null,
    }),
  );

  app.post(
    "/api/auth/login",
    describe("Signs in by name and password", signedInShape, noQuery, loginBody),
    body(loginBody),
    async (context) => {
      const { transport, ...credentials } = context.req.valid("json");
      const signedIn = await tried(() =>
        auth.signIn.withPassword({ ...credentials, device: shownDevice(context, api) }, fromOf(context)),
      );
      if (signedIn === "refused") throw new Problem("sign-in-refused");
      if (signedIn === "factor-unreadable") throw new Problem("factor-unreadable");
      if (signedIn === "code-needed") throw new Problem("code-needed");
      endFormer(context, api);
      if (transport !== "bearer") rememberDevice(context, api, signedIn.device);
      return await answerIssued(context, api, signedIn.issued, transport ?? "cookie");
    },
  );

  app.post(
    "/api/auth/link",
    describe("Signs in the machine's owner by a one-time link", linkShape, noQuery, linkBody),
    body(linkBody),
    async (context) => {
      const { token, transport } = context.req.valid("json");
      if (auth.accounts.none && auth.links.isGood(token)) return context.json({ status: "setup" });
      const from = fromOf(context);
      const issued = await auth.sessions.begin(null, from, () => {
        if (!auth.links.take(token)) throw new Problem("link-refused");
        auth.audit({
          at: auth.now(),
          who: "owner",
          from: from.address,
          what: "sign-in",
          subject: null,
          before: null,
          after: { by: "one-time link" },
        });
      });
      endFormer(context, api);
      return await answerIssued(context, api, issued, transport ?? "cookie");
    },
  );

  app.post(
    "/api/auth/setup",
    describe("Makes the first account, by a one-time link", signedInShape, noQuery, setupBody),
    body(setupBody),
    async (context) => {
      const { token, username, password, transport } = context.req.valid("json");
      if (!auth.accounts.none || !auth.links.isGood(token)) throw new Problem("link-refused");
      const from = fromOf(context);
      const account = await tried(() =>
        auth.accounts.add(
          { name: username, role: "admin", password },
          { who: "owner", from: from.address },
          () => auth.accounts.none && auth.links.take(token),
        ),
      );
      const issued = await auth.signIn.begin(account, from, "password");
      return await answerIssued(context, api, issued, transport ?? "cookie");
    },
  );

  app.post(
    "/api/auth/refresh",
    describe("A new pair of tokens for the refresh token, which is good once", signedInShape, noQuery, refreshBody),
    body(refreshBody),
    async (context) => {
      const { refresh_token: given, idle_seconds: idleSeconds = 0 } = context.req.valid("json");
      const shown = given ?? readCookie(context.req.raw, refreshCookie(cookieOptionsOf(context, api)));
      const issued = shown === null ? null : await auth.sessions.refresh(shown, fromOf(context), idleSeconds * 1000);
      if (issued === null || "stolenFrom" in issued) {
        if (issued !== null) reportTheft(context, api, issued.stolenFrom.accountId);
        if (given === undefined) forgetCookies(context, api);
        // The cookies go with the refusal: a thrown problem would leave them.
        return context.json(
          { type: "about:blank", title: "The session has ended: sign in again", status: 401, code: "session-ended" },
          401,
          { "content-type": "application/problem+json" },
        );
      }
      return await answerIssued(context, api, issued, given === undefined ? "cookie" : "bearer");
    },
  );

  app.post(
    "/api/auth/logout",
    describe("Signs out", signedOutShape, noQuery, emptyBody),
    body(emptyBody),
    async (context) => {
      const { principal } = context.env;
      const refresh = readCookie(context.req.raw, refreshCookie(cookieOptionsOf(context, api)));
      const ids = [principal?.sessionId, refresh?.split(".")[0]].filter((id) => id !== undefined && id !== null);
      const accountId =
        principal?.accountId ??
        ids.map((id) => auth.sessions.alive(id)?.accountId).find((id) => id !== undefined) ??
        null;
      for (const id of ids) auth.sessions.end(id);
      if (principal !== null)
        auth.audit({
          at: auth.now(),
          ...actorOf(context),
          what: "sign-out",
          subject: principalOf(context).name,
          before: null,
          after: null,
        });
      forgetCookies(context, api);
      return context.json({ status: "done", provider_sign_out: await providerSignOut(context, api, accountId) });
    },
  );
}

async function tried<T extends SignedIn | object>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooBusy) throw new Problem("busy");
    throw error;
  }
}

function reportTheft(context: ApiContext, { auth }: AccessApi, accountId: number | null): void {
  const name = auth.accounts.all().find(({ id }) => id === accountId)?.name ?? "owner";
  auth.audit({
    at: auth.now(),
    who: "unknown",
    from: context.env.address,
    what: "session.refresh-reused",
    subject: name,
    before: null,
    after: "the session has ended",
  });
}
