import { isIP } from "node:net";
import { z } from "zod";
import { isAddressOrNetwork } from "./address";

const path = /^\/?$|^(\/[A-Za-z0-9._~-]+)+\/?$/;

/** Where the page lives below the root of its host, as the proxy before it has it; no slash at its end. */
const basePathSchema = z
  .string()
  .regex(path, "expected a path such as /desk")
  .transform((text) => text.replace(/\/$/, ""));

const originSchema = z
  .string()
  .refine(
    (origin) => URL.canParse(origin) && /^https?:/.test(origin) && new URL(origin).origin === origin,
    "expected an origin such as https://desk.example.org",
  );

/** The address people use: its origin and, where it lives below one, its path; no slash at its end. */
const publicUrlSchema = z
  .string()
  .refine(isPublicUrl, "expected an address such as https://desk.example.org or https://example.org/desk")
  .transform((text) => new URL(text).href.replace(/\/$/, ""));

function isPublicUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username + url.password + url.search + url.hash === "" &&
    path.test(url.pathname)
  );
}

/** An address of IPv6 is taken in the brackets of a URL too, and known in one spelling. */
const hostSchema = z
  .string()
  .min(1)
  .transform((text) => {
    const bare = text.replace(/^\[(.*)\]$/, "$1").toLowerCase();
    return isIP(bare) === 6 && !bare.includes("%") ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : bare;
  })
  .refine(
    (host) => !/[\s/[\]]/.test(host) && (!host.includes(":") || isIP(host) === 6),
    "expected an address or a name without scheme and port, such as 127.0.0.1, ::1 or 0.0.0.0",
  );

/** How the daemon is reached. */
export const serverSchema = z.strictObject({
  host: hostSchema,
  port: z.number().int().min(0).max(65_535),
  publicUrl: publicUrlSchema,
  allowedHosts: z.array(
    z.string().regex(/^[^\s/:]+$|^\[[0-9a-fA-F:]+\]$/, "expected a host name without scheme and port"),
  ),
  basePath: basePathSchema,
  proxies: z.array(z.string().refine(isAddressOrNetwork, "expected an address or a network such as 10.0.0.0/8")),
  cors: z.array(originSchema),
  tls: z.strictObject({ cert: z.string().min(1), key: z.string().min(1) }),
  hsts: z.boolean(),
});

const partialSchema = serverSchema.partial();
export type ReadServer = z.output<typeof partialSchema>;
