import type { Caller } from "../../auth/caller";
import type { LimitName } from "./rate-limits";

/** What our page sends along with all it requests. */
const pageHeader = "x-virtuoso-page";

/** What a page reads by itself; what guards against guessing and against floods of changes stays as it is. */
const readByPages: ReadonlySet<LimitName> = new Set(["overview", "recentAlerts", "configRead", "other"]);

/**
 * What a request draws from. One person's page reads a dozen things at once, several tabs of it many at once: what the
 * browser itself says comes from our own page (no script in another page can make it say so) draws from a bucket of its
 * own, so that no page trips the limits that are meant for scripts.
 */
export function limitFor(name: LimitName, request: Request, by: Caller["by"]): LimitName {
  if (!readByPages.has(name) || by === "bearer" || by === null) return name;
  if (request.method !== "GET" && request.method !== "HEAD") return name;
  // Over plain HTTP from another machine browsers do not say it; a header that no other site's page may send does.
  const site = request.headers.get("sec-fetch-site");
  const own = site === null ? request.headers.has(pageHeader) : site === "same-origin";
  return own ? "page" : name;
}
