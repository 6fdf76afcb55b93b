import { z } from "zod";
import { roles } from "../core/roles";
import type { AccountRow, ApiTokenRow } from "../store/access";
import { isoOf } from "./shape";

const time = z.string().meta({ format: "date-time" });

export const tokenShape = z.object({
  name: z.string(),
  role: z.enum(roles),
  account: z.string().nullable(),
  created_at: time,
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
});
export type TokenShape = z.infer<typeof tokenShape>;

export const newTokenShape = z.object({ token: z.string().meta({ description: "Shown once." }), ...tokenShape.shape });

/** `usedAt`: epoch ms; null where it was never used. */
export function shapeToken(row: ApiTokenRow, accounts: readonly AccountRow[], usedAt: number | null): TokenShape {
  return {
    name: row.name,
    role: row.role,
    account: accounts.find(({ id }) => id === row.accountId)?.name ?? null,
    created_at: isoOf(row.createdAt),
    expires_at: row.expiresAt === null ? null : isoOf(row.expiresAt),
    last_used_at: usedAt === null ? null : isoOf(usedAt),
  };
}
