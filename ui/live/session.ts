import { here, pathBelow } from "../here";
import { drawChance } from "./backoff";
import { keepUntil, keptUntil } from "./kept-until";
import { lastInput } from "./last-input";

/** `ended`: one must sign in again. `unknown`: the daemon did not say. */
export type SessionState = "alive" | "ended" | "unknown";

let renewing: Promise<SessionState> | undefined;

/**
 * Goes on with the session, whose access token ran out or will. The refresh token is good once: tabs take turns, and
 * where another
 * has just been, there is nothing left to do. `before` is what was known when the access token was last good.
 */
export function renewSession(before: number | null = keptUntil()): Promise<SessionState> {
  renewing ??= inTurn(() => renew(before)).finally(() => {
    renewing = undefined;
  });
  return renewing;
}

/** One at a time over every tab of this browser: a token shown twice would end the session. */
const lockName = "virtuoso session";
const apartMs = 2000;

/**
 * Locks exist where the page came by TLS or from this machine; elsewhere tabs at least do not begin at the same
 * moment.
 */
async function inTurn(work: () => Promise<SessionState>): Promise<SessionState> {
  if ("locks" in navigator) return await navigator.locks.request(lockName, work);
  await new Promise((begin) => {
    setTimeout(begin, drawChance() * apartMs);
  });
  return await work();
}

async function renew(before: number | null): Promise<SessionState> {
  if (keptUntil() !== before) return keptUntil() === null ? "ended" : "alive";
  try {
    // Leaving the page meanwhile must not lose the answer: the token that was sent is spent.
    const input = lastInput();
    const body = input === null ? {} : { idle_seconds: (Date.now() - input) / 1000 };
    const answer = await fetch(here("api/auth/refresh"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      keepalive: true,
    });
    if (answer.status === 401) keepUntil(null);
    if (!answer.ok) return answer.status === 401 ? "ended" : "unknown";
    const { expires_in: seconds } = (await answer.json()) as { readonly expires_in: number };
    keepUntil(Date.now() + seconds * 1000);
    return "alive";
  } catch {
    return "unknown";
  }
}

/**
 * Fetches; where the access token ran out meanwhile, renews the session and fetches once more. A session that has
 * ended leads to the sign-in page.
 */
export async function fetchSignedIn(url: URL, wanted: RequestInit = {}): Promise<Response> {
  const before = keptUntil();
  const headers = new Headers(wanted.headers);
  // Limits count a person's own pages by themselves.
  headers.set("x-virtuoso-page", "1");
  const init = { ...wanted, headers };
  const answer = await fetch(url, init);
  if (answer.status !== 401) return answer;
  const session = await renewSession(before);
  if (session === "alive") return await fetch(url, init);
  if (session === "ended") toSignIn();
  return answer;
}

/** Nothing of what was shown stays on the screen; signing in leads back here. */
export function toSignIn(): void {
  if (leaving) return;
  const url = here("signin");
  const path = pathBelow(new URL(location.href));
  if (path !== null && path !== "") url.searchParams.set("next", `/${path}${location.search}${location.hash}`);
  goWithNothingLeft(url);
}

/** During a sign-out, the requests that fail with it do not lead to the sign-in page. */
let leaving = false;

/** What the daemon answers to a sign-out. */
export interface SignedOut {
  /** Where one signs out of the identity provider, too. */
  readonly provider_sign_out: string | null;
}

/**
 * Signs out by `end`, which answers null where it was not done. There is nothing to come back to: the next reader may
 * be another.
 */
export async function leaveBy(end: () => Promise<SignedOut | null>): Promise<boolean> {
  leaving = true;
  const left = await end();
  if (left) goWithNothingLeft(left.provider_sign_out === null ? here("signin") : new URL(left.provider_sign_out));
  else leaving = false;
  return left !== null;
}

function goWithNothingLeft(url: URL): void {
  keepUntil(null);
  document.getElementById("desk")?.replaceChildren();
  location.replace(url);
}
