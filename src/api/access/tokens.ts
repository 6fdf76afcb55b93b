import type { Hono } from "hono";
import { z } from "zod";
import type { Principal } from "../../auth/caller";
import { Refused } from "../../auth/refused";
import { covers } from "../../auth/roles";
import type { ApiTokenRow } from "../../auth/api-tokens";
import type { AppEnv } from "../access-rule";
import { Problem } from "../problems";
import { noQuery } from "../queries";
import { body, describe, query } from "../validate";
import { actorOf, principalOf, type AccessApi } from "./access-api";
import { doneShape, newTokenBody, newTokenShape, shapeToken, tokenShape, type TokenShape } from "./shapes";

/** One's own tokens; for admins everybody's. */
export function addTokenRoutes(app: Hono<AppEnv>, { auth }: AccessApi): void {
  app.get(
    "/api/tokens",
    describe("API tokens: one's own, for admins all", z.object({ items: z.array(tokenShape), next_cursor: z.null() })),
    query(noQuery),
    (context) => context.json({ items: within(principalOf(context)).map(shaped), next_cursor: null }),
  );

  app.post(
    "/api/tokens",
    describe("Makes a token, shown once", newTokenShape, noQuery, newTokenBody, { status: 201 }),
    body(newTokenBody),
    (context) => {
      const { name, role, expires_at: expires } = context.req.valid("json");
      const principal = principalOf(context);
      within(principal);
      if (!covers(principal.permissions, role))
        throw new Refused("too-much", `Who may not do all that ${role} may, makes no token for it.`);
      const expiresAt = expires === undefined ? null : Date.parse(expires);
      if (expiresAt !== null && expiresAt <= auth.now())
        throw new Problem("validation", undefined, [{ path: "expires_at", message: "expected a time to come" }]);
      const { token, row } = auth.tokens.create(
        { name, role, expiresAt, accountId: principal.accountId },
        actorOf(context),
      );
      return context.json({ token, ...shaped(row) }, 201);
    },
  );

  app.delete("/api/tokens/:name", describe("Revokes a token, at once", doneShape), query(noQuery), (context) => {
    const name = context.req.param("name");
    if (!within(principalOf(context)).some((row) => row.name === name))
      throw new Refused("unknown", "There is no such token.");
    auth.tokens.revoke(name, actorOf(context));
    return context.json({ status: "done" });
  });

  /** A token administers no tokens, unless it is an admin's. */
  function within({ kind, accountId, permissions }: Principal): ApiTokenRow[] {
    if (permissions.has("dashboard.admin")) return auth.tokens.all();
    if (kind !== "account") throw new Problem("not-allowed");
    return auth.tokens.all().filter((row) => row.accountId === accountId);
  }

  function shaped(row: ApiTokenRow): TokenShape {
    return shapeToken(row, auth.accounts.all(), auth.tokens.lastUsed(row));
  }
}
