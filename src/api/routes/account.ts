import { z } from "zod";
import type { AccountRow } from "../../auth/accounts";
import type { Principal } from "../../auth/caller";
import type { AuthServices } from "../../auth/services";
import { recoveryHashesOf } from "../../auth/sign-in";
import { meShape } from "../../views/account";
import { done, doneShape } from "../../views/sign-in";
import { passwordBody } from "../credentials";
import { accountOf, assertKnowsPassword, type OwnAccountDeps } from "../own-account";
import { actorOf, principalOf, route, type Route } from "../route";
import { publicSessionId } from "./sessions";

/** What one does about one's own account. */
export function accountRoutes(deps: OwnAccountDeps): Route[] {
  const { auth } = deps;
  return [
    route({
      method: "GET",
      path: "/api/auth/me",
      need: "signed-in",
      summary: "The caller: name, role and permissions",
      answer: meShape,
      handle(call) {
        const principal = principalOf(call);
        const account = principal.kind === "account" ? accountOf(call, auth) : null;
        return { ...described(auth, principal, account), csrf_token: call.context.env.csrf };
      },
    }),
    route({
      method: "POST",
      path: "/api/auth/password",
      need: "signed-in",
      summary: "Changes the caller's own password; every other session ends",
      body: z.strictObject({ current: passwordBody.optional(), password: passwordBody }),
      answer: doneShape,
      async handle(call) {
        const { current, password } = call.body;
        const { sessionId } = principalOf(call);
        const account = accountOf(call, auth);
        await assertKnowsPassword(call, deps, account, { password: current, field: "current" });
        await auth.accounts.setPassword(account.name, password, actorOf(call), sessionId);
        return done;
      },
    }),
  ];
}

function described(
  auth: AuthServices,
  { kind, name, role, permissions, sessionId }: Principal,
  account: AccountRow | null,
): Omit<z.infer<typeof meShape>, "csrf_token"> {
  const session = sessionId === null ? null : auth.sessions.alive(sessionId);
  return {
    kind,
    name,
    role,
    permissions: [...permissions],
    auth: auth.required ? "required" : "off",
    session_id: sessionId === null ? null : publicSessionId(sessionId),
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
  };
}
