import { here } from "../here";

/** One renewal at a time over every tab of this browser: a token shown twice would end the session. */
const lockName = "virtuoso session";

/** `unknown`: the daemon answered neither way. */
export type SessionState = "alive" | "ended" | "unknown";

let renewing: Promise<SessionState> | undefined;

/** Goes on with the session after its access token ran out. Throws where the daemon does not answer. */
export function renewSession(): Promise<SessionState> {
  renewing ??= inTurn(renew).finally(() => { renewing = undefined; });
  return renewing;
}

/** Locks exist where the page came by TLS or from this machine; elsewhere two tabs at once are left to chance. */
function inTurn(work: () => Promise<SessionState>): Promise<SessionState> {
  return "locks" in navigator ? navigator.locks.request(lockName, work) : work();
}

async function renew(): Promise<SessionState> {
  // Another tab may have been here while this one waited.
  const known = await fetch(here("api/auth/me"));
  if (known.status !== 401) return known.ok ? "alive" : "unknown";
  const answer = await fetch(here("api/auth/refresh"), { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  if (answer.ok) return "alive";
  return answer.status === 401 ? "ended" : "unknown";
}

/** Asks, and where the session ran out meanwhile, renews it and asks once more. Where it has ended, the sign-in page is next. */
export async function fetchSignedIn(url: URL, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, init);
  if (answer.status !== 401) return answer;
  const session = await renewSession();
  if (session === "alive") return await fetch(url, init);
  if (session === "ended") toSignIn();
  return answer;
}

/** Nothing of what was shown stays on the screen. */
export function toSignIn(): void {
  const signIn = here("signin");
  signIn.searchParams.set("next", location.pathname.slice(here("").pathname.length - 1) + location.search);
  location.replace(signIn);
}

/** What a change must carry; asked anew each time, for it changes with the session. */
export async function csrfHeader(): Promise<Record<string, string>> {
  const answer = await fetchSignedIn(here("api/auth/me"), { headers: { accept: "application/json" } });
  const { csrf_token: token } = (answer.ok ? await answer.json() : { csrf_token: null }) as { csrf_token: string | null };
  return token === null ? {} : { "x-csrf-token": token };
}
