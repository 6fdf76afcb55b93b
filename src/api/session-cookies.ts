import type { Context } from "hono";
import type { z } from "zod";
import {
  cookiesFor,
  cookiesGone,
  deviceCookie,
  deviceCookieFor,
  readCookie,
  type CookieOptions,
} from "../auth/cookies";
import type { AuthServices } from "../auth/services";
import type { From, Issued } from "../auth/sessions";
import type { signedInShape } from "../views/sign-in";
import type { AppEnv } from "./access-rule";

export interface CookieDeps {
  readonly auth: AuthServices;
  /** "" or like "/desk". */
  readonly basePath: () => string;
}

type ApiContext = Context<AppEnv>;

export function fromOf(context: ApiContext): From {
  return { address: context.env.address, agent: context.req.header("user-agent") ?? "" };
}

export function cookieOptionsOf(context: ApiContext, { auth, basePath }: CookieDeps): CookieOptions {
  return { kid: auth.signing().kid, secure: context.env.secure, basePath: basePath() };
}

/** What the browser was given when somebody signed in with it before. */
export function shownDevice(context: ApiContext, deps: CookieDeps): string | null {
  return readCookie(context.req.raw, deviceCookie(cookieOptionsOf(context, deps)));
}

/** From now on the browser is known to the account that signed in with it. */
export function rememberDevice(context: ApiContext, deps: CookieDeps, device: string): void {
  context.header("set-cookie", deviceCookieFor(device, cookieOptionsOf(context, deps)), { append: true });
}

export function setSessionCookies(context: ApiContext, deps: CookieDeps, issued: Issued): void {
  for (const each of cookiesFor(issued, cookieOptionsOf(context, deps)))
    context.header("set-cookie", each, { append: true });
}

export function forgetCookies(context: ApiContext, deps: CookieDeps): void {
  for (const each of cookiesGone(cookieOptionsOf(context, deps))) context.header("set-cookie", each, { append: true });
}

/** Whoever signs in anew leaves the session the browser had: what was known of it is good for nothing. */
export function endFormer(context: ApiContext, { auth }: CookieDeps): void {
  const { by, principal } = context.env;
  if (by === "cookie" && principal?.sessionId) auth.sessions.end(principal.sessionId);
}

/** Signed in: by cookies for a page, by tokens in the answer for anything else. */
export function handOver(
  context: ApiContext,
  deps: CookieDeps,
  issued: Issued,
  transport: "cookie" | "bearer" = "cookie",
): z.infer<typeof signedInShape> {
  const body = { status: "signed-in" as const, expires_in: issued.accessSeconds };
  if (transport === "cookie") {
    setSessionCookies(context, deps, issued);
    return { ...body, csrf_token: deps.auth.csrfOf(issued.sessionId) };
  }
  const { accessToken, refreshToken } = issued;
  return { ...body, csrf_token: null, access_token: accessToken, refresh_token: refreshToken, token_type: "Bearer" };
}
