import type { z } from "zod";
import type { meShape, recoveryShape, totpShape } from "../../src/views/account";
import type { sessionShape } from "../../src/views/sessions";
import type { optionsShape } from "../../src/views/sign-in";
import type { newTokenShape } from "../../src/views/tokens";

/** What the daemon says about access. Only types cross over; the browser loads none of it. */
export type Me = z.infer<typeof meShape>;
export type SignInOptions = z.infer<typeof optionsShape>;
export type SessionShape = z.infer<typeof sessionShape>;
export type TotpShape = z.infer<typeof totpShape>;
export type RecoveryShape = z.infer<typeof recoveryShape>;
export type NewTokenShape = z.infer<typeof newTokenShape>;
export type Role = Me["role"];

export type { TokenShape } from "../../src/views/tokens";
export type { UserShape } from "../../src/views/users";
export type { AuditChain, AuditShape } from "../../src/views/audit";

/** Lists about access are short: they come whole. */
export interface Whole<T> {
  readonly items: readonly T[];
}
