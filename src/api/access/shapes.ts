import { z } from "zod";
import type { AccountRow } from "../../auth/accounts";
import type { ApiTokenRow } from "../../auth/api-tokens";
import { permissions, roles } from "../../auth/roles";
import { isoOf } from "../../views/shape";

const time = z.string().meta({ format: "date-time" });
const roleShape = z.enum(roles);

/** Who asks, and what the page needs to ask further. */
export const meShape = z.object({
  kind: z.enum(["account", "token", "owner"]),
  name: z.string(),
  role: roleShape,
  permissions: z.array(z.enum(permissions)),
  auth: z.enum(["required", "off"]),
  csrf_token: z.string().nullable().meta({ description: "A change made with the cookie carries it in X-CSRF-Token." }),
  session_id: z.string().nullable(),
  session: z
    .object({
      idle_seconds: z.number().meta({ description: "How long ago a person last did something, as far as was told." }),
      idle_seconds_max: z.number().meta({ description: "After so long without a person it ends." }),
    })
    .nullable()
    .meta({ description: "Null for a token, and where nobody signs in." }),
  password: z.boolean().nullable().meta({ description: "Has the account a password? Null where there is no account." }),
  second_factor: z.object({ set: z.boolean(), needed: z.boolean(), recovery_codes_left: z.number() }).nullable(),
});

export const optionsShape = z.object({
  auth: z.enum(["required", "off"]),
  setup: z.boolean().meta({ description: "No account exists: a one-time link makes the first." }),
  password: z.boolean(),
  identity_provider: z
    .string()
    .nullable()
    .meta({ description: "What to write on the button that leads to /api/auth/oidc/start." }),
});

/** `cookie` for a page, `bearer` for anything else. */
const transport = z
  .enum(["cookie", "bearer"])
  .optional()
  .meta({ description: "cookie (default): sets cookies. bearer: answers the tokens." });

const name = z.string().min(1).max(200);
const password = z.string().min(1).max(1024);
const secret = z.string().min(1).max(500);

export const loginBody = z.strictObject({
  username: name,
  password,
  code: z.string().min(1).max(50).optional(),
  transport,
});
export const linkBody = z.strictObject({ token: secret, transport });
export const setupBody = z.strictObject({ token: secret, username: name, password, transport });
export const refreshBody = z.strictObject({
  refresh_token: secret.optional(),
  idle_seconds: z.number().min(0).optional().meta({
    description:
      "How long ago a person last did something: a page renews by itself, and that keeps nobody signed in. 0 where it is not said.",
  }),
});
export const emptyBody = z.strictObject({});
export const passwordBody = z.strictObject({ current: password.optional(), password });
export const confirmBody = z.strictObject({ password: password.optional() });
export const codeBody = z.strictObject({ code: z.string().min(1).max(50) });

export const signedInShape = z.object({
  status: z.literal("signed-in"),
  expires_in: z.number().meta({ description: "Seconds until the access token must be refreshed." }),
  csrf_token: z.string().nullable(),
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  token_type: z.literal("Bearer").optional(),
});

/** A link opens the making of the first account where there is none. */
export const linkShape = z.union([signedInShape, z.object({ status: z.literal("setup") })]);

export const doneShape = z.object({ status: z.literal("done") });

export const signedOutShape = z.object({
  ...doneShape.shape,
  provider_sign_out: z.string().nullable().meta({
    description:
      "Where one signs out of the identity provider too, and comes back from; null where it offers that not, or the account is none of its.",
  }),
});

export const sessionShape = z.object({
  id: z.string(),
  current: z.boolean(),
  created_at: time,
  last_seen_at: time,
  ends_at: time,
  address: z.string(),
  agent: z.string(),
});

export const totpShape = z.object({
  secret: z.string(),
  uri: z.string().meta({ description: "otpauth:// for an authenticator" }),
});
export const recoveryShape = z.object({
  recovery_codes: z.array(z.string()).meta({ description: "Each good once; shown now and never again." }),
});

/** What is kept of an account. */
export const accountShape = z.object({
  name: z.string(),
  role: roleShape,
  second_factor: z.boolean(),
  created_at: time,
  last_sign_in_at: time.nullable(),
});
export type AccountShape = z.infer<typeof accountShape>;

export function shapeAccount({ name, role, totpSecret, createdAt, lastSignInAt }: AccountRow): AccountShape {
  return {
    name,
    role,
    second_factor: totpSecret !== null,
    created_at: isoOf(createdAt),
    last_sign_in_at: lastSignInAt === null ? null : isoOf(lastSignInAt),
  };
}

export const userShape = accountShape.extend({
  sessions: z.number(),
  password: z.boolean(),
  identity_provider: z.boolean(),
  locked: z.boolean().meta({ description: "Too many tries were wrong: signing in is refused for a while." }),
});

export const newUserBody = z.strictObject({ username: name, role: roleShape, password });
/** `second_factor: false` drops it, for who lost phone and codes; `locked: false` lets the account try again at once. */
export const changedUserBody = z
  .strictObject({ role: roleShape, password, second_factor: z.literal(false), locked: z.literal(false) })
  .partial();

export const tokenShape = z.object({
  name: z.string(),
  role: roleShape,
  account: z.string().nullable(),
  created_at: time,
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
});
export type TokenShape = z.infer<typeof tokenShape>;

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

export const newTokenBody = z.strictObject({
  name: z.string().min(1).max(64),
  role: roleShape,
  expires_at: z.iso.datetime({ offset: true }).optional(),
});
export const newTokenShape = z.object({ token: z.string().meta({ description: "Shown once." }), ...tokenShape.shape });

/** `ahead_seconds`: how far the clock was ahead of the time that was believed. */
export const clockConfirmedShape = z.object({ now: time, ahead_seconds: z.number() });
export const signInLinkShape = z.object({ url: z.string() });
