import { z } from "zod";
import { TooBusy } from "../../auth/passwords";
import type { Issued } from "../../auth/sessions";
import type { SignedIn } from "../../auth/sign-in";
import { linkShape, optionsShape, signedInShape } from "../../views/sign-in";
import { codeBody, nameBody, passwordBody, secretBody } from "../credentials";
import { Problem } from "../problems";
import type { ProviderDeps } from "../provider";
import { route, type Call, type Route } from "../route";
import { endFormer, fromOf, handOver, rememberDevice, shownDevice } from "../session-cookies";

/** `cookie` for a page, `bearer` for anything else. */
const transport = z
  .enum(["cookie", "bearer"])
  .optional()
  .meta({ description: "cookie (default): sets cookies. bearer: answers the tokens." });

const loginBody = z.strictObject({ username: nameBody, password: passwordBody, code: codeBody.optional(), transport });
const linkBody = z.strictObject({ token: secretBody, transport });
const setupBody = z.strictObject({ token: secretBody, username: nameBody, password: passwordBody, transport });
/** Signing in. */
export function signInRoutes(deps: ProviderDeps): Route[] {
  const { auth } = deps;
  return [
    route({
      method: "GET",
      path: "/api/auth/options",
      need: "anyone",
      summary: "Which ways to sign in there are",
      answer: optionsShape,
      handle: () => ({
        auth: auth.required ? ("required" as const) : ("off" as const),
        setup: auth.accounts.none,
        password: true,
        identity_provider: deps.identityProvider?.config.label ?? null,
      }),
    }),
    route({
      method: "POST",
      path: "/api/auth/login",
      need: "anyone",
      limit: "signIn",
      summary: "Signs in by name and password",
      body: loginBody,
      answer: signedInShape,
      async handle({ body: { transport, ...credentials }, context }) {
        const device = shownDevice(context, deps);
        const signedIn = await tried(() => auth.signIn.withPassword({ ...credentials, device }, fromOf(context)));
        if (signedIn === "refused") throw new Problem("sign-in-refused");
        if (signedIn === "factor-unreadable") throw new Problem("factor-unreadable");
        if (signedIn === "code-needed") throw new Problem("code-needed");
        endFormer(context, deps);
        if (transport !== "bearer") rememberDevice(context, deps, signedIn.device);
        return handOver(context, deps, signedIn.issued, transport);
      },
    }),
    route({
      method: "POST",
      path: "/api/auth/link",
      need: "anyone",
      limit: "signIn",
      summary: "Signs in the machine's owner by a one-time link",
      body: linkBody,
      answer: linkShape,
      async handle({ body: { token, transport }, context }) {
        if (auth.accounts.none && auth.links.isGood(token)) return { status: "setup" as const };
        const issued = await signInOwner(deps, token, context);
        endFormer(context, deps);
        return handOver(context, deps, issued, transport);
      },
    }),
    route({
      method: "POST",
      path: "/api/auth/setup",
      need: "anyone",
      limit: "signIn",
      summary: "Creates the first account, by a one-time link",
      body: setupBody,
      answer: signedInShape,
      async handle({ body: { token, username, password, transport }, context }) {
        if (!auth.accounts.none || !auth.links.isGood(token)) throw new Problem("link-refused");
        const from = fromOf(context);
        const account = await tried(() =>
          auth.accounts.add(
            { name: username, role: "admin", password },
            { who: "owner", from: from.address },
            () => auth.accounts.none && auth.links.take(token),
          ),
        );
        return handOver(context, deps, await auth.signIn.begin(account, from, "password"), transport);
      },
    }),
  ];
}

type ApiContext = Call["context"];

function signInOwner({ auth }: ProviderDeps, token: string, context: ApiContext): Promise<Issued> {
  const from = fromOf(context);
  return auth.sessions.begin(null, from, () => {
    if (!auth.links.take(token)) throw new Problem("link-refused");
    const entry = { at: auth.now(), who: "owner", from: from.address, what: "sign-in", subject: null, before: null };
    auth.audit({ ...entry, after: { by: "one-time link" } });
  });
}

/** Hashing takes its time, and only so many wait for it. */
async function tried<T extends SignedIn | object>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooBusy) throw new Problem("busy");
    throw error;
  }
}
