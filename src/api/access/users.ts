import type { Hono } from "hono";
import { z } from "zod";
import type { AccountRow } from "../../auth/accounts";
import type { AppEnv } from "../access-rule";
import { noQuery } from "../queries";
import { body, describe, query } from "../validate";
import { actorOf, type AccessApi } from "./access-api";
import { changedUserBody, doneShape, newUserBody, shapeAccount, userShape } from "./shapes";

/** Everybody's accounts, for admins. */
export function addUserRoutes(app: Hono<AppEnv>, { auth }: AccessApi): void {
  app.get(
    "/api/users",
    describe("Every account", z.object({ items: z.array(userShape), next_cursor: z.null() })),
    query(noQuery),
    (context) => context.json({ items: auth.accounts.all().map(shaped), next_cursor: null }),
  );

  app.post(
    "/api/users",
    describe("Adds an account", userShape, noQuery, newUserBody, { status: 201 }),
    body(newUserBody),
    async (context) => {
      const { username, role, password } = context.req.valid("json");
      return context.json(shaped(await auth.accounts.add({ name: username, role, password }, actorOf(context))), 201);
    },
  );

  app.patch(
    "/api/users/:name",
    describe("Changes an account: its role at once, in every open session", userShape, noQuery, changedUserBody),
    body(changedUserBody),
    async (context) => {
      const { role, password, second_factor: secondFactor, locked } = context.req.valid("json");
      const { name } = auth.accounts.named(context.req.param("name"));
      if (password !== undefined) await auth.accounts.setPassword(name, password, actorOf(context));
      if (secondFactor === false) auth.accounts.dropSecondFactor(name, actorOf(context));
      if (locked === false && auth.lockOut.isAccountLocked(name)) {
        auth.lockOut.unlock(name);
        auth.audit({
          at: auth.now(),
          ...actorOf(context),
          what: "account.unlocked",
          subject: name,
          before: null,
          after: null,
        });
      }
      if (role !== undefined) auth.accounts.changeRole(name, role, actorOf(context));
      return context.json(shaped(auth.accounts.named(name)));
    },
  );

  app.delete(
    "/api/users/:name",
    describe("Removes an account, its sessions and its tokens", doneShape),
    query(noQuery),
    (context) => {
      // The owner may: they let people in again without any account.
      auth.accounts.remove(context.req.param("name"), actorOf(context), context.env.by === "socket");
      return context.json({ status: "done" });
    },
  );

  function shaped(account: AccountRow): z.infer<typeof userShape> {
    return {
      ...shapeAccount(account),
      sessions: auth.sessions.of(account.id).length,
      password: account.passwordHash !== null,
      identity_provider: account.oidcSubject !== null,
      locked: auth.lockOut.isAccountLocked(account.name),
    };
  }
}
