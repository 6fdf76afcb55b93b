import type { Hono } from "hono";
import { cookie, cookiesFor, identityCookie, keptStates, readCookie } from "../../auth/cookies";
import { signInWithinSeconds } from "../../auth/identity-provider";
import { home, nextPage } from "../../auth/next-page";
import { ProviderRefusal } from "../../auth/provider-fault";
import type { AppEnv } from "../access-rule";
import { Problem } from "../problems";
import { endFormer, fromOf, cookieOptionsOf, rootOf, type AccessApi, type ApiContext } from "./access-api";

/** Several tabs may be signing in at once; more than these are not somebody's tabs. */
const underWayMax = 8;
/** The provider may take its time with each of a few questions: the browser waits for all of them. */
const waitsSeconds = 60;

/** Signing in by way of the identity provider: pages a browser is sent to, no calls of an API. */
export function addIdentityProviderRoutes(app: Hono<AppEnv>, api: AccessApi): void {
  const { auth, identityProvider: provider } = api;

  app.on("GET", "/api/auth/oidc/start", async (context) => {
    if (provider === null) throw new Problem("not-found");
    context.env.setIdleTimeout(waitsSeconds);
    const begun = await provider.begin(
      `${rootOf(context, api)}/api/auth/oidc/callback`,
      nextPage(context.req.query("next")),
    );
    if (begun instanceof ProviderRefusal) return refuse(context, api, begun);
    const kept = keptStates(context.req.raw, cookieOptionsOf(context, api));
    const good = provider.underWay(kept).slice(1 - underWayMax);
    for (const state of kept.filter((each) => !good.includes(each))) setStateCookie(context, api, state, 0);
    setStateCookie(context, api, begun.state, signInWithinSeconds);
    return context.redirect(begun.url.href, 302);
  });

  app.on("GET", "/api/auth/oidc/callback", async (context) => {
    if (provider === null) throw new Problem("not-found");
    context.env.setIdleTimeout(waitsSeconds);
    const state = context.req.query("state") ?? "";
    const kept = readCookie(context.req.raw, identityCookie(cookieOptionsOf(context, api), state));
    const begunHere = state !== "" && kept === state;
    const vouched = await provider.finish(begunHere ? state : "", new URL(context.req.url).search);
    if (begunHere) setStateCookie(context, api, state, 0);
    if (vouched instanceof ProviderRefusal) return refuse(context, api, vouched);
    const from = fromOf(context);
    const account = await auth.accounts.vouchedFor(vouched, { who: "identity provider", from: from.address });
    const issued = await auth.signIn.begin(account, from, "identity provider");
    endFormer(context, api);
    for (const each of cookiesFor(issued, cookieOptionsOf(context, api)))
      context.header("set-cookie", each, { append: true });
    return context.redirect(`${api.basePath()}${vouched.next}`, 302);
  });
}

/** Why stands in the audit log and in the log; the page says it in a word. */
function refuse(context: ApiContext, { auth, basePath }: AccessApi, { trouble, why, next }: ProviderRefusal): Response {
  auth.refusals.add({
    account: null,
    address: context.env.address,
    locked: false,
    why: `identity provider: ${trouble}: ${why}`,
  });
  const query = new URLSearchParams({ trouble, ...(next !== null && next !== home && { next }) });
  return context.redirect(`${basePath()}/signin?${query.toString()}`, 302);
}

/** Lax, for the provider sends the browser back from another site. */
function setStateCookie(context: ApiContext, api: AccessApi, state: string, seconds: number): void {
  const options = cookieOptionsOf(context, api);
  context.header(
    "set-cookie",
    cookie(identityCookie(options, state), seconds === 0 ? "" : state, options, {
      path: "/api/auth/oidc",
      sameSite: "lax",
      seconds,
    }),
    { append: true },
  );
}
