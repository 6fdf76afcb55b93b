import type { Hono } from "hono";
import { cookie, cookiesFor, identityCookie, readCookie } from "../../auth/cookies";
import { signInWithinSeconds, type Trouble } from "../../auth/identity-provider";
import { nextPage } from "../../auth/next-page";
import type { AppEnv } from "../access-rule";
import { Problem } from "../problems";
import { endFormer, fromOf, mannerOf, type AccessApi, type Asked } from "./access-api";

/** Signing in by way of the identity provider: pages a browser is sent to, no calls of an API. */
export function addIdentityProviderRoutes(app: Hono<AppEnv>, api: AccessApi): void {
  const { desk, identityProvider: provider } = api;

  app.on("GET", "/api/auth/oidc/start", async (context) => {
    if (provider === null) throw new Problem("not-found");
    const begun = await provider.begin(`${rootOf(context, api)}/api/auth/oidc/callback`, nextPage(context.req.query("next")));
    if (typeof begun === "string") return toSignInPage(context, api, begun);
    context.header("set-cookie", stateCookie(context, api, begun.state, signInWithinSeconds));
    return context.redirect(begun.url.href, 302);
  });

  app.on("GET", "/api/auth/oidc/callback", async (context) => {
    if (provider === null) throw new Problem("not-found");
    const state = readCookie(context.req.raw, identityCookie(mannerOf(context, api))) ?? "";
    const vouched = await provider.finish(state, new URL(context.req.url).search);
    context.header("set-cookie", stateCookie(context, api, "", 0));
    const from = fromOf(context);
    if (typeof vouched === "string") {
      desk.refusals.add({ account: null, address: from.address, locked: false, why: `identity provider: ${vouched}` });
      return toSignInPage(context, api, vouched);
    }
    const account = await desk.accounts.vouchedFor(vouched, { who: "identity provider", from: from.address });
    const issued = await desk.signIn.begin(account, from, "identity provider");
    endFormer(context, api);
    for (const each of cookiesFor(issued, mannerOf(context, api))) context.header("set-cookie", each, { append: true });
    return context.redirect(`${api.basePath()}${vouched.next}`, 302);
  });
}

/** The address the browser knows us by: the public one, else the one that was asked for, whose host was checked at the border. */
function rootOf(context: Asked, api: AccessApi): string {
  const { secure, host } = context.env;
  return api.publicUrl() ?? `${secure ? "https" : "http"}://${host ?? ""}${api.basePath()}`;
}

function toSignInPage(context: Asked, api: AccessApi, trouble: Trouble): Response {
  return context.redirect(`${api.basePath()}/signin?trouble=${trouble}`, 302);
}

/** Lax, for the provider sends the browser back from another site. */
function stateCookie(context: Asked, api: AccessApi, state: string, seconds: number): string {
  const manner = mannerOf(context, api);
  return cookie(identityCookie(manner), state, manner, { path: "/api/auth/oidc", sameSite: "Lax", seconds });
}
