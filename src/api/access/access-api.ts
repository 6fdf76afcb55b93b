import type { Context } from "hono";
import type { Principal } from "../../auth/caller";
import {
  cookiesFor,
  cookiesGone,
  deviceCookie,
  deviceCookieFor,
  readCookie,
  type CookieOptions,
} from "../../auth/cookies";
import type { AuthServices } from "../../auth/services";
import type { IdentityProvider } from "../../auth/identity-provider";
import { Refused } from "../../auth/refused";
import type { From, Issued } from "../../auth/sessions";
import type { AccountRow, Actor } from "../../auth/accounts";
import type { AppEnv } from "../access-rule";
import { Problem, type ProblemCode } from "../problems";

/** What the routes about access are given. */
export interface AccessApi {
  readonly auth: AuthServices;
  /** "" or like "/desk". */
  readonly basePath: () => string;
  /** The address people use; null where nobody said. */
  readonly publicUrl: () => string | null;
  readonly identityProvider: IdentityProvider | null;
}

export type ApiContext = Context<AppEnv>;

const problemOf: Readonly<Record<Refused["code"], ProblemCode>> = {
  taken: "conflict",
  already: "conflict",
  "last-admin": "conflict",
  unknown: "not-found",
  "weak-password": "validation",
  "bad-name": "validation",
  "no-password": "conflict",
  "wrong-password": "validation",
  "wrong-code": "validation",
  "too-much": "not-allowed",
};

/** What was refused, as the caller hears of it. */
export function problemOfRefused({ code, message, field }: Refused): Problem {
  return new Problem(problemOf[code], message, field === null ? undefined : [{ path: field, message }]);
}

/** The one who asks; the table of permissions let nobody else through. */
export function principalOf(context: ApiContext): Principal {
  const { principal } = context.env;
  if (principal === null) throw new Problem("not-signed-in");
  return principal;
}

/** The account of who asks. Throws Problem where it is none: a token, or the owner by a link. */
export function accountOf(context: ApiContext, { auth }: AccessApi): AccountRow {
  const { accountId, kind } = principalOf(context);
  const account = kind === "account" ? auth.accounts.all().find(({ id }) => id === accountId) : undefined;
  if (!account) throw new Problem("conflict", "Only an account has this; who asks is none.");
  return account;
}

export function actorOf(context: ApiContext): Actor {
  return { who: principalOf(context).name, from: context.env.address };
}

export function fromOf(context: ApiContext): From {
  return { address: context.env.address, agent: context.req.header("user-agent") ?? "" };
}

export function cookieOptionsOf(context: ApiContext, { auth, basePath }: AccessApi): CookieOptions {
  return { kid: auth.signing().kid, secure: context.env.secure, basePath: basePath() };
}

/** What the browser was given when somebody signed in with it before. */
export function shownDevice(context: ApiContext, api: AccessApi): string | null {
  return readCookie(context.req.raw, deviceCookie(cookieOptionsOf(context, api)));
}

/** From now on the browser is known to the account that signed in with it. */
export function rememberDevice(context: ApiContext, api: AccessApi, device: string): void {
  context.header("set-cookie", deviceCookieFor(device, cookieOptionsOf(context, api)), { append: true });
}

/** Signed in: by cookies for a page, by tokens in the answer for anything else. */
export async function answerIssued(
  context: ApiContext,
  api: AccessApi,
  issued: Issued,
  transport: "cookie" | "bearer",
): Promise<Response> {
  const body = { status: "signed-in" as const, expires_in: issued.accessSeconds };
  if (transport === "bearer")
    return context.json({
      ...body,
      csrf_token: null,
      access_token: issued.accessToken,
      refresh_token: issued.refreshToken,
      token_type: "Bearer",
    });
  const options = cookieOptionsOf(context, api);
  for (const each of cookiesFor(issued, options)) context.header("set-cookie", each, { append: true });
  return context.json({ ...body, csrf_token: api.auth.csrfOf(issued.sessionId) });
}

/** Of who signs out here: where that is done at the identity provider, which else signs in again whoever presses its button next. Null where there is none. */
export async function providerSignOut(
  context: ApiContext,
  api: AccessApi,
  accountId: number | null,
): Promise<string | null> {
  const { identityProvider: provider, auth } = api;
  const account = accountId === null ? undefined : auth.accounts.all().find(({ id }) => id === accountId);
  if (provider === null || !account || !provider.vouchesFor(account.oidcSubject)) return null;
  return (await provider.signOutUrl(`${rootOf(context, api)}/signin`))?.href ?? null;
}

export function forgetCookies(context: ApiContext, api: AccessApi): void {
  for (const each of cookiesGone(cookieOptionsOf(context, api))) context.header("set-cookie", each, { append: true });
}

/** Whoever signs in anew leaves the session the browser had: what was known of it is good for nothing. */
export function endFormer(context: ApiContext, { auth }: AccessApi): void {
  const { by, principal } = context.env;
  if (by === "cookie" && principal?.sessionId) auth.sessions.end(principal.sessionId);
}

/** The address the browser knows us by: the public one, else the one that was asked for, whose host was checked at the border. */
export function rootOf(context: ApiContext, api: AccessApi): string {
  const { secure, host } = context.env;
  return api.publicUrl() ?? `${secure ? "https" : "http"}://${host ?? ""}${api.basePath()}`;
}
