import { z } from "zod";
import { roles } from "../../auth/roles";
import { Rest } from "../client/rest";
import { WrongUsage } from "../exit";
import type { AccessAdmin } from "./access-admin";

const accountShape = z.object({
  name: z.string(),
  role: z.enum(roles),
  second_factor: z.boolean(),
  created_at: z.string(),
  last_sign_in_at: z.string().nullable(),
});
const tokenShape = z.object({
  name: z.string(),
  role: z.enum(roles),
  account: z.string().nullable(),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
});

/** Accounts and tokens of the daemon at an address, as far as the token in VIRTUOSO_TOKEN allows. */
export function remoteAccessAdmin(url: string): AccessAdmin {
  const rest = new Rest(url);
  return {
    running: true,
    users: async () => (await rest.get("/api/users", z.object({ items: z.array(accountShape) }))).items,
    addUser: async (username, role, password) =>
      void (await rest.post("/api/users", { username, role, password }, z.object({ name: z.string() }))),
    removeUser: (name) => rest.remove(`/api/users/${encodeURIComponent(name)}`),
    tokens: async () => (await rest.get("/api/tokens", z.object({ items: z.array(tokenShape) }))).items,
    createToken: async (name, role, expiresAt) =>
      (
        await rest.post(
          "/api/tokens",
          { name, role, ...(expiresAt === null ? {} : { expires_at: new Date(expiresAt).toISOString() }) },
          z.object({ token: z.string() }),
        )
      ).token,
    revokeToken: (name) => rest.remove(`/api/tokens/${encodeURIComponent(name)}`),
    signInLink: () =>
      Promise.reject(new WrongUsage("a link is made on the machine the daemon runs on: leave out --url")),
    [Symbol.dispose]: () => undefined,
  };
}
