import type { Context } from "hono";
import type { Principal } from "../../auth/asker";
import { cookiesFor, cookiesGone, deviceCookie, deviceCookieFor, readCookie, type CookieManner } from "../../auth/cookies";
import type { AccessDesk } from "../../auth/desk";
import type { IdentityProvider } from "../../auth/identity-provider";
import { Refused } from "../../auth/refused";
import type { From, Issued } from "../../auth/sessions";
import type { AccountRow, Actor } from "../../auth/accounts";
import type { AppEnv } from "../access-rule";
import { Problem, type ProblemCode } from "../problems";

/** What the routes about access are given. */
export interface AccessApi {
  readonly desk: AccessDesk;
  /** "" or like "/desk". */
  readonly basePath: () => string;
  /** The address people use; null where nobody said. */
  readonly publicUrl: () => string | null;
  readonly identityProvider: IdentityProvider | null;
}

export type Asked = Context<AppEnv>;

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
export function principalOf(context: Asked): Principal {
  const { principal } = context.env;
  if (principal === null) throw new Problem("not-signed-in");
  return principal;
}

/** The account of who asks. Throws Problem where it is none: a token, or the owner by a link. */
export function accountOf(context: Asked, { desk }: AccessApi): AccountRow {
  const { accountId, kind } = principalOf(context);
  const account = kind === "account" ? desk.accounts.all().find(({ id }) => id === accountId) : undefined;
  if (!account) throw new Problem("conflict", "Only an account has this; who asks is none.");
  return account;
}

export function actorOf(context: Asked): Actor {
  return { who: principalOf(context).name, from: context.env.address };
}

export function fromOf(context: Asked): From {
  return { address: context.env.address, agent: context.req.header("user-agent") ?? "" };
}

export function mannerOf(context: Asked, { desk, basePath }: AccessApi): CookieManner {
  return { kid: desk.signing().kid, secure: context.env.secure, basePath: basePath() };
}

/** What the browser was given when somebody signed in with it before. */
export function shownDevice(context: Asked, api: AccessApi): string | null {
  return readCookie(context.req.raw, deviceCookie(mannerOf(context, api)));
}

/** From now on the browser is known to the account that signed in with it. */
export function rememberDevice(context: Asked, api: AccessApi, device: string): void {
  context.header("set-cookie", deviceCookieFor(device, mannerOf(context, api)), { append: true });
}

/** Signed in: by cookies for a page, by tokens in the answer for anything else. */
export async function answerIssued(context: Asked, api: AccessApi, issued: Issued, transport: "cookie" | "bearer"): Promise<Response> {
  const told = { status: "signed-in" as const, expires_in: issued.accessSeconds };
  if (transport === "bearer") return context.json({ ...told, csrf_token: null, access_token: issued.accessToken, refresh_token: issued.refreshToken, token_type: "Bearer" });
  const manner = mannerOf(context, api);
  for (const each of cookiesFor(issued, manner)) context.header("set-cookie", each, { append: true });
  return context.json({ ...told, csrf_token: api.desk.csrfOf(issued.sessionId) });
}

/** Of who signs out here: where that is done at the identity provider, which else signs in again whoever presses its button next. Null where there is none. */
export async function providerSignOut(context: Asked, api: AccessApi, accountId: number | null): Promise<string | null> {
  const { identityProvider: provider, desk } = api;
  const account = accountId === null ? undefined : desk.accounts.all().find(({ id }) => id === accountId);
  if (provider === null || !account || !provider.vouchesFor(account.oidcSubject)) return null;
  return (await provider.signOutUrl(`${rootOf(context, api)}/signin`))?.href ?? null;
}

export function forgetCookies(context: Asked, api: AccessApi): void {
  for (const each of cookiesGone(mannerOf(context, api))) context.header("set-cookie", each, { append: true });
}

/** Whoever signs in anew leaves the session the browser had: what was known of it is good for nothing. */
export function endFormer(context: Asked, { desk }: AccessApi): void {
  const { by, principal } = context.env;
  if (by === "cookie" && principal?.sessionId) desk.sessions.end(principal.sessionId);
}

/** The address the browser knows us by: the public one, else the one that was asked for, whose host was checked at the border. */
export function rootOf(context: Asked, api: AccessApi): string {
  const { secure, host } = context.env;
  return api.publicUrl() ?? `${secure ? "https" : "http"}://${host ?? ""}${api.basePath()}`;
}
