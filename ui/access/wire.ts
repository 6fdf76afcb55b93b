import type { z } from "zod";
import type {
  meShape,
  newTokenShape,
  optionsShape,
  recoveryShape,
  sessionShape,
  tokenShape,
  totpShape,
  userShape,
} from "../../src/api/access/shapes";

/** What the daemon says about access. Only types cross over; the browser loads none of it. */
export type Me = z.infer<typeof meShape>;
export type SignInOptions = z.infer<typeof optionsShape>;
export type SessionShape = z.infer<typeof sessionShape>;
export type TotpShape = z.infer<typeof totpShape>;
export type RecoveryShape = z.infer<typeof recoveryShape>;
export type UserShape = z.infer<typeof userShape>;
export type TokenShape = z.infer<typeof tokenShape>;
export type NewTokenShape = z.infer<typeof newTokenShape>;
export type Role = Me["role"];

export type { AuditChain, AuditShape } from "../../src/views/audit";

/** Lists about access are short: they come whole. */
export interface Whole<T> {
  readonly items: readonly T[];
}
