import { z } from "zod";
import type { AccountRow } from "../../auth/accounts";
import type { AuthServices } from "../../auth/services";
import { roles } from "../../core/roles";
import { done, doneShape } from "../../views/sign-in";
import { shapeAccount, userShape, type UserShape } from "../../views/users";
import { nameBody, passwordBody } from "../credentials";
import { actorOf, itemsOf, route, type Route } from "../route";

export interface UserDeps {
  readonly auth: Pick<AuthServices, "accounts" | "sessions" | "lockOut" | "audit" | "now">;
}

const newUserBody = z.strictObject({ username: nameBody, role: z.enum(roles), password: passwordBody });

/** `second_factor: false` drops it, for who lost phone and codes; `locked: false` lets the account try again at once. */
const changedUserBody = z
  .strictObject({
    role: z.enum(roles),
    password: passwordBody,
    second_factor: z.literal(false),
    locked: z.literal(false),
  })
  .partial();

/** Everybody's accounts, for admins. */
export function userRoutes({ auth }: UserDeps): Route[] {
  const { accounts, lockOut } = auth;
  return [
    route({
      method: "GET",
      path: "/api/users",
      need: "dashboard.admin",
      summary: "All accounts",
      answer: itemsOf(userShape),
      handle: () => ({ items: accounts.all().map((each) => shaped(auth, each)), next_cursor: null }),
    }),
    route({
      method: "POST",
      path: "/api/users",
      need: "dashboard.admin",
      summary: "Adds an account",
      body: newUserBody,
      answer: userShape,
      status: 201,
      async handle(call) {
        const { username, role, password } = call.body;
        return shaped(auth, await accounts.add({ name: username, role, password }, actorOf(call)));
      },
    }),
    route({
      method: "PATCH",
      path: "/api/users/:name",
      need: "dashboard.admin",
      summary: "Changes an account: its role at once, in every open session",
      body: changedUserBody,
      answer: userShape,
      async handle(call) {
        const { role, password, second_factor: secondFactor, locked } = call.body;
        const { name } = accounts.named(call.params.name);
        const by = actorOf(call);
        if (password !== undefined) await accounts.setPassword(name, password, by);
        if (secondFactor === false) accounts.dropSecondFactor(name, by);
        if (locked === false && lockOut.isAccountLocked(name)) {
          lockOut.unlock(name);
          auth.audit({ at: auth.now(), ...by, what: "account.unlocked", subject: name, before: null, after: null });
        }
        if (role !== undefined) accounts.changeRole(name, role, by);
        return shaped(auth, accounts.named(name));
      },
    }),
    route({
      method: "DELETE",
      path: "/api/users/:name",
      need: "dashboard.admin",
      summary: "Removes an account, its sessions and its tokens",
      answer: doneShape,
      handle(call) {
        // The owner may: they let people in again without any account.
        const mayBeLast = call.context.env.by === "socket";
        accounts.remove(call.params.name, actorOf(call), mayBeLast);
        return done;
      },
    }),
  ];
}

function shaped({ sessions, lockOut }: UserDeps["auth"], account: AccountRow): UserShape {
  return {
    ...shapeAccount(account),
    sessions: sessions.of(account.id).length,
    password: account.passwordHash !== null,
    identity_provider: account.oidcSubject !== null,
    locked: lockOut.isAccountLocked(account.name),
  };
}
