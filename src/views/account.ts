import { z } from "zod";
import { permissions, roles } from "../core/roles";

/** Who sends the request, and what the page needs for further ones. */
export const meShape = z.object({
  kind: z.enum(["account", "token", "owner"]),
  name: z.string(),
  role: z.enum(roles),
  permissions: z.array(z.enum(permissions)),
  auth: z.enum(["required", "off"]),
  csrf_token: z.string().nullable().meta({ description: "A change made with the cookie carries it in X-CSRF-Token." }),
  session_id: z.string().nullable(),
  session: z
    .object({
      idle_seconds: z.number().meta({ description: "How long ago a person last did something, as far as is known." }),
      idle_seconds_max: z.number().meta({ description: "After so long without a person it ends." }),
    })
    .nullable()
    .meta({ description: "Null for a token, and where signing in is off." }),
  password: z.boolean().nullable().meta({ description: "Has the account a password? Null where there is no account." }),
  second_factor: z.object({ set: z.boolean(), needed: z.boolean(), recovery_codes_left: z.number() }).nullable(),
});

export const totpShape = z.object({
  secret: z.string(),
  uri: z.string().meta({ description: "otpauth:// for an authenticator" }),
});
export const recoveryShape = z.object({
  recovery_codes: z.array(z.string()).meta({ description: "Each good once; shown now and never again." }),
});
