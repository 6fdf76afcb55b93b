import { z } from "zod";
import { cookie, identityCookie, keptStates, readCookie } from "../../auth/cookies";
import { signInWithinSeconds } from "../../auth/identity-provider";
import { home, nextPage } from "../../auth/next-page";
import { ProviderRefusal } from "../../auth/provider-fault";
import { Problem } from "../problems";
import { rootOf, type ProviderDeps } from "../provider";
import { route, type Call, type Route } from "../route";
import { cookieOptionsOf, endFormer, fromOf, setSessionCookies } from "../session-cookies";

/** Several tabs may be signing in at once; more than these are no tabs of a person. */
const underWayMax = 8;
/** The provider may take its time with each of a few questions: the browser waits for all of them. */
const waitsSeconds = 60;

const page = { method: "GET", need: "anyone", summary: null, query: null, answer: z.never() } as const;

/** Signing in by way of the identity provider: pages a browser is sent to, no calls of an API. */
export function identityProviderRoutes(deps: ProviderDeps): Route[] {
  const { auth, identityProvider: provider } = deps;
  return [
    route({
      ...page,
      path: "/api/auth/oidc/start",
      async handle({ context }) {
        if (provider === null) throw new Problem("not-found");
        context.env.setIdleTimeout(waitsSeconds);
        const next = nextPage(context.req.query("next"));
        const begun = await provider.begin(`${rootOf(context, deps)}/api/auth/oidc/callback`, next);
        if (begun instanceof ProviderRefusal) return refuse(context, deps, begun);
        const kept = keptStates(context.req.raw, cookieOptionsOf(context, deps));
        const good = provider.underWay(kept).slice(1 - underWayMax);
        for (const state of kept.filter((each) => !good.includes(each))) setStateCookie(context, deps, state, 0);
        setStateCookie(context, deps, begun.state, signInWithinSeconds);
        return context.redirect(begun.url.href, 302);
      },
    }),
    route({
      ...page,
      path: "/api/auth/oidc/callback",
      async handle({ context }) {
        if (provider === null) throw new Problem("not-found");
        context.env.setIdleTimeout(waitsSeconds);
        const state = context.req.query("state") ?? "";
        const kept = readCookie(context.req.raw, identityCookie(cookieOptionsOf(context, deps), state));
        const begunHere = state !== "" && kept === state;
        const vouched = await provider.finish(begunHere ? state : "", new URL(context.req.url).search);
        if (begunHere) setStateCookie(context, deps, state, 0);
        if (vouched instanceof ProviderRefusal) return refuse(context, deps, vouched);
        const from = fromOf(context);
        const account = await auth.accounts.vouchedFor(vouched, { who: "identity provider", from: from.address });
        const issued = await auth.signIn.begin(account, from, "identity provider");
        endFormer(context, deps);
        setSessionCookies(context, deps, issued);
        return context.redirect(`${deps.basePath()}${vouched.next}`, 302);
      },
    }),
  ];
}

/** Why stands in the audit log and in the log; the page says it in a word. */
function refuse(
  context: Call["context"],
  { auth, basePath }: ProviderDeps,
  { trouble, why, next }: ProviderRefusal,
): Response {
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
function setStateCookie(context: Call["context"], deps: ProviderDeps, state: string, seconds: number): void {
  const options = cookieOptionsOf(context, deps);
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
