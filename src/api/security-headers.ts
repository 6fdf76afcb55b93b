import { strictTransport } from "./border/strict-transport";

/** The policy of answers that are not pages: they load nothing and sit in no frame. */
const lockedPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Headers every answer of the daemon carries; a page brings a policy of its own. Nothing it serves may be framed,
 * sniffed or read by another site.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": lockedPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** `Cache-Control` of what belongs to who asked: no cache that others share keeps it, and one's own asks whether it still holds. */
export const ownAnswer = "private, no-cache";

/** One that came without our headers gets them; `strict`: it says that its host is only to be asked by TLS. */
export function hardened(response: Response, strict: boolean): void {
  for (const [name, value] of Object.entries(securityHeaders))
    if (!response.headers.has(name)) response.headers.set(name, value);
  if (strict) response.headers.set("strict-transport-security", strictTransport);
}
