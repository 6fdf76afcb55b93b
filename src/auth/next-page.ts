/** Where whoever signs in goes who wanted nowhere else. */
export const home = "/dashboard";

/** Where one wanted to go before signing in, as a path of our own; home for anything else. */
export function nextPage(wanted: string | undefined): string {
  const origin = "http://here.invalid";
  if (wanted === undefined || !wanted.startsWith("/") || !URL.canParse(wanted, origin)) return home;
  const { origin: leadsTo, pathname, search } = new URL(wanted, origin);
  if (leadsTo !== origin || /^\/[/\\]/.test(pathname) || pathname.startsWith("/signin") || pathname.startsWith("/api/"))
    return home;
  return pathname + search;
}
