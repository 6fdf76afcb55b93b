import type { Hono } from "hono";
import { z } from "zod";
import { knownDevice } from "../../auth/known-device";
import { passwordMatches } from "../../auth/passwords";
import { Refused } from "../../auth/refused";
import { newRecoveryCodes, newTotpSecret, totpStepOf } from "../../auth/second-factor";
import { hashOf } from "../../auth/secret-text";
import { recoveryHashesOf } from "../../auth/sign-in";
import type { AccountRow } from "../../auth/accounts";
import { isoOf } from "../../views/shape";
import type { AppEnv } from "../access-rule";
import { Problem } from "../problems";
import { noQuery } from "../queries";
import { body, describe, query } from "../validate";
import {
  accountOf,
  actorOf,
  forgetCookies,
  principalOf,
  providerSignOut,
  shownDevice,
  type AccessApi,
  type ApiContext,
} from "./access-api";
import {
  codeBody,
  confirmBody,
  doneShape,
  meShape,
  passwordBody,
  recoveryShape,
  sessionShape,
  signedOutShape,
  totpShape,
} from "./shapes";

const pendingForMs = 10 * 60_000;
const pendingMax = 100;

/** What one does about one's own account. */
export function addAccountRoutes(app: Hono<AppEnv>, api: AccessApi): void {
  const { auth } = api;
  /** Secrets that wait for their first code, by account. */
  const pending = new Map<number, { readonly secret: string; readonly until: number }>();

  app.get("/api/auth/me", describe("Who asks, and what one may", meShape), query(noQuery), (context) => {
    const principal = principalOf(context);
    const account = principal.kind === "account" ? accountOf(context, api) : null;
    const session = principal.sessionId === null ? null : auth.sessions.alive(principal.sessionId);
    return context.json({
      kind: principal.kind,
      name: principal.name,
      role: principal.role,
      permissions: [...principal.permissions],
      auth: auth.required ? "required" : "off",
      csrf_token: context.env.csrf,
      session_id: principal.sessionId === null ? null : publicId(principal.sessionId),
      session: session && {
        idle_seconds: Math.max(0, auth.now() - auth.sessions.lastSeen(session)) / 1000,
        idle_seconds_max: auth.sessions.idleMs / 1000,
      },
      password: account && account.passwordHash !== null,
      second_factor: account && {
        set: account.totpSecret !== null,
        needed: auth.secondFactorNeeded() && account.passwordHash !== null,
        recovery_codes_left: recoveryHashesOf(account).length,
      },
    });
  });

  app.post(
    "/api/auth/password",
    describe("Changes one's password; every other session ends", doneShape, noQuery, passwordBody),
    body(passwordBody),
    async (context) => {
      const { current, password } = context.req.valid("json");
      const account = accountOf(context, api);
      await assertKnowsPassword(context, account, current, "current");
      await auth.accounts.setPassword(account.name, password, actorOf(context), principalOf(context).sessionId);
      return context.json({ status: "done" });
    },
  );

  app.get(
    "/api/auth/sessions",
    describe("Where one is signed in", z.object({ items: z.array(sessionShape), next_cursor: z.null() })),
    query(noQuery),
    (context) => {
      const { sessionId } = principalOf(context);
      const items = mySessions(context).map((session) => ({
        id: publicId(session.id),
        current: session.id === sessionId,
        created_at: isoOf(session.createdAt),
        last_seen_at: isoOf(auth.sessions.lastSeen(session)),
        ends_at: isoOf(session.endsAt),
        address: session.address,
        agent: session.agent,
      }));
      return context.json({ items, next_cursor: null });
    },
  );

  app.delete(
    "/api/auth/sessions",
    describe("Signs out everywhere, here too", signedOutShape),
    query(noQuery),
    async (context) => {
      const { accountId, kind } = principalOf(context);
      if (kind === "token") throw new Problem("not-allowed");
      auth.sessions.endAll(accountId, null);
      auth.audit({
        at: auth.now(),
        ...actorOf(context),
        what: "sign-out.everywhere",
        subject: principalOf(context).name,
        before: null,
        after: null,
      });
      forgetCookies(context, api);
      return context.json({ status: "done", provider_sign_out: await providerSignOut(context, api, accountId) });
    },
  );

  app.delete("/api/auth/sessions/:id", describe("Ends one of one's sessions", doneShape), query(noQuery), (context) => {
    const session = mySessions(context).find(({ id }) => publicId(id) === context.req.param("id"));
    if (!session) throw new Problem("not-found");
    auth.sessions.end(session.id);
    auth.audit({
      at: auth.now(),
      ...actorOf(context),
      what: "session.ended",
      subject: principalOf(context).name,
      before: { address: session.address },
      after: null,
    });
    return context.json({ status: "done" });
  });

  app.post(
    "/api/auth/totp",
    describe(
      "A secret for an authenticator; it holds once a code of it was confirmed",
      totpShape,
      noQuery,
      confirmBody,
    ),
    body(confirmBody),
    async (context) => {
      const account = accountOf(context, api);
      await assertKnowsPassword(context, account, context.req.valid("json").password, "password");
      if (account.totpSecret !== null)
        throw new Refused("already", "The account has a second factor: remove it first.");
      const made = await newTotpSecret(account.name);
      if (pending.size >= pendingMax) pending.clear();
      pending.set(account.id, { secret: made.secret, until: auth.now() + pendingForMs });
      return context.json(made);
    },
  );

  app.post(
    "/api/auth/totp/confirm",
    describe("Confirms the authenticator by a code; answers codes for recovery", recoveryShape, noQuery, codeBody),
    body(codeBody),
    async (context) => {
      const account = accountOf(context, api);
      const waiting = pending.get(account.id);
      if (!waiting || auth.now() >= waiting.until)
        throw new Problem("conflict", "No authenticator waits to be confirmed: begin again.");
      const step = await totpStepOf(
        waiting.secret,
        context.req.valid("json").code.replaceAll(/\s/g, ""),
        null,
        auth.now(),
      );
      if (step === null)
        throw new Refused("wrong-code", "It is not the code of now: is the phone's clock right?", "code");
      const { codes, hashes } = newRecoveryCodes();
      auth.accounts.setSecondFactor(account, waiting.secret, step, hashes, actorOf(context));
      pending.delete(account.id);
      return context.json({ recovery_codes: codes });
    },
  );

  app.post(
    "/api/auth/totp/remove",
    describe("Removes the second factor", doneShape, noQuery, confirmBody),
    body(confirmBody),
    async (context) => {
      const account = accountOf(context, api);
      await assertKnowsPassword(context, account, context.req.valid("json").password, "password");
      auth.accounts.dropSecondFactor(account.name, actorOf(context));
      return context.json({ status: "done" });
    },
  );

  function mySessions(context: ApiContext) {
    const { accountId, kind } = principalOf(context);
    if (kind === "token") throw new Problem("not-allowed");
    return auth.sessions.of(accountId);
  }

  /** Who found an open desk must not take the account over. Wrong ones count as failed sign-ins do. */
  async function assertKnowsPassword(
    context: ApiContext,
    account: AccountRow,
    password: string | undefined,
    field: string,
  ): Promise<void> {
    if (account.passwordHash === null) return;
    const matches = await passwordMatches(password ?? "", account.passwordHash);
    const attempt = {
      account: account.name,
      address: context.env.address,
      device: knownDevice(auth.signing(), account.id, shownDevice(context, api)),
    };
    const locked = auth.lockOut.isLocked(attempt);
    if (matches && !locked) return;
    if (!locked) auth.lockOut.failed(attempt);
    throw new Refused(
      "wrong-password",
      "It is not the account's password, or there were too many tries: wait a while.",
      field,
    );
  }
}

/** Names a session to people: the id itself is part of a secret. */
function publicId(sessionId: string): string {
  return hashOf(sessionId).slice(0, 16);
}
