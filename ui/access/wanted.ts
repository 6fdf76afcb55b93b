import { here, pathBelow } from "../here";

/** Where one wanted to go before signing in: a path below the daemon's root that begins with a slash, or the desk. */
export function wanted(query: string): URL {
  const next = new URLSearchParams(query).get("next") ?? "";
  // A browser reads `//host` and `/\host` as another site's address, and drops tabs and line ends before it reads.
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next) || !URL.canParse(`.${next}`, here(""))) return here("dashboard");
  const url = new URL(`.${next}`, here(""));
  const path = pathBelow(url);
  return path === null || path === "" || path.split("/")[0] === "signin" ? here("dashboard") : url;
}
