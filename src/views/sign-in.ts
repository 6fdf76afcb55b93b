import { z } from "zod";

export const optionsShape = z.object({
  auth: z.enum(["required", "off"]),
  setup: z.boolean().meta({ description: "No account exists: a one-time link makes the first." }),
  password: z.boolean(),
  identity_provider: z
    .string()
    .nullable()
    .meta({ description: "What to write on the button that leads to /api/auth/oidc/start." }),
});

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
export const done = { status: "done" } as const;

export const signedOutShape = z.object({
  ...doneShape.shape,
  provider_sign_out: z
    .string()
    .nullable()
    .meta({
      description:
        "Where one signs out of the identity provider too, and comes back from; null where it offers that not, " +
        "or the account is none of its.",
    }),
});

/** A one-time link that signs the machine's owner in. */
export const signInLinkShape = z.object({ url: z.string() });
