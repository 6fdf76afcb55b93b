import { z } from "zod";
import type { ApiTokenRow } from "../../auth/api-tokens";
import type { Principal } from "../../auth/caller";
import { Refused } from "../../auth/refused";
import type { AuthServices } from "../../auth/services";
import { covers, roles } from "../../core/roles";
import { done, doneShape } from "../../views/sign-in";
import { newTokenShape, shapeToken, tokenShape, type TokenShape } from "../../views/tokens";
import { Problem } from "../problems";
import { actorOf, itemsOf, principalOf, route, type Route } from "../route";

export interface TokenDeps {
  readonly auth: Pick<AuthServices, "accounts" | "tokens" | "now">;
}

const newTokenBody = z.strictObject({
  name: z.string().min(1).max(64),
  role: z.enum(roles),
  expires_at: z.iso.datetime({ offset: true }).optional(),
});

/** One's own tokens; everybody's, and more than one's own role may do, need dashboard.admin. */
export function tokenRoutes({ auth }: TokenDeps): Route[] {
  const { tokens } = auth;
  return [
    route({
      method: "GET",
      path: "/api/tokens",
      need: "signed-in",
      summary: "API tokens: the caller's own; for admins, all",
      answer: itemsOf(tokenShape),
      handle: (call) => ({
        items: within(auth, principalOf(call)).map((row) => shaped(auth, row)),
        next_cursor: null,
      }),
    }),
    route({
      method: "POST",
      path: "/api/tokens",
      need: "signed-in",
      summary: "Creates an API token, which is shown once",
      body: newTokenBody,
      answer: newTokenShape,
      status: 201,
      handle(call) {
        const { name, role, expires_at: expires } = call.body;
        const principal = principalOf(call);
        within(auth, principal);
        if (!covers(principal.permissions, role))
          throw new Refused("too-much", `Who may not do all that ${role} may, makes no token for it.`);
        const expiresAt = expires === undefined ? null : Date.parse(expires);
        if (expiresAt !== null && expiresAt <= auth.now())
          throw new Problem("validation", undefined, [
            { path: "expires_at", message: "expected a time in the future" },
          ]);
        const wanted = { name, role, expiresAt, accountId: principal.accountId };
        const { token, row } = tokens.create(wanted, actorOf(call));
        return { token, ...shaped(auth, row) };
      },
    }),
    route({
      method: "DELETE",
      path: "/api/tokens/:name",
      need: "signed-in",
      summary: "Revokes a token, at once",
      answer: doneShape,
      handle(call) {
        const { name } = call.params;
        if (!within(auth, principalOf(call)).some((row) => row.name === name))
          throw new Refused("unknown", "There is no such token.");
        tokens.revoke(name, actorOf(call));
        return done;
      },
    }),
  ];
}

/** A token administers no tokens, unless it is an admin's. */
function within({ tokens }: TokenDeps["auth"], { kind, accountId, permissions }: Principal): ApiTokenRow[] {
  if (permissions.has("dashboard.admin")) return tokens.all();
  if (kind !== "account") throw new Problem("not-allowed");
  return tokens.all().filter((row) => row.accountId === accountId);
}

function shaped({ accounts, tokens }: TokenDeps["auth"], row: ApiTokenRow): TokenShape {
  return shapeToken(row, accounts.all(), tokens.lastUsed(row));
}
