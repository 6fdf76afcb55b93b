import { z } from "zod";
import { roles } from "../core/roles";
import type { AccountRow } from "../store/access";
import { isoOf } from "./shape";

const time = z.string().meta({ format: "date-time" });

/** What is kept of an account. */
export const accountShape = z.object({
  name: z.string(),
  role: z.enum(roles),
  second_factor: z.boolean(),
  created_at: time,
  last_sign_in_at: time.nullable(),
});
export type AccountShape = z.infer<typeof accountShape>;

/** And what the running daemon knows of it besides. */
export const userShape = accountShape.extend({
  sessions: z.number(),
  password: z.boolean(),
  identity_provider: z.boolean(),
  locked: z.boolean().meta({ description: "Too many tries were wrong: signing in is refused for a while." }),
});
export type UserShape = z.infer<typeof userShape>;

export function shapeAccount({ name, role, totpSecret, createdAt, lastSignInAt }: AccountRow): AccountShape {
  return {
    name,
    role,
    second_factor: totpSecret !== null,
    created_at: isoOf(createdAt),
    last_sign_in_at: lastSignInAt === null ? null : isoOf(lastSignInAt),
  };
}
