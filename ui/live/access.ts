import { signal, type ReadonlySignal } from "@preact/signals";
import type { Permission } from "../../src/core/roles";
import type { Me } from "../access/wire";
import { here } from "../here";
import type { PageEntry } from "../pages";
import { noteInput } from "./last-input";
import { fetchSignedIn } from "./session";

const known = signal<Me | null>(null);

/** The caller and their permissions; null until known. */
export const me: ReadonlySignal<Me | null> = known;

export function may(permission: Permission): boolean {
  return known.value?.permissions.includes(permission) ?? false;
}

/** Whether a page is worth offering. The daemon decides who sees what; this only offers nothing in vain. */
export function mayOpen({ needs }: PageEntry): boolean {
  return needs === undefined || known.value === null || may(needs);
}

/**
 * Reads the caller again; another session or role than the page was drawn for reloads it. False where the daemon does
 * not say.
 */
export async function refreshMe(): Promise<boolean> {
  const before = known.peek();
  const now = await fetchMe();
  if (now === null) return false;
  if (before !== null && (before.session_id !== now.session_id || before.role !== now.role)) location.reload();
  // A sign-in is input, however it was done.
  if (now.session !== null) noteInput(Date.now() - now.session.idle_seconds * 1000);
  known.value = now;
  return true;
}

async function fetchMe(): Promise<Me | null> {
  try {
    const answer = await fetchSignedIn(here("api/auth/me"), { headers: { accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as Me) : null;
  } catch {
    return null;
  }
}

/** Sends a change to the daemon. Rejects where it does not answer at all. */
export async function sendJson(
  method: "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const send = () =>
    fetchSignedIn(here(path), {
      method,
      headers: { "content-type": "application/json", "accept": "application/json", ...csrf(), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  if (known.peek() === null) await refreshMe();
  const answer = await send();
  if (answer.status !== 403 || !(await answer.clone().text()).includes("bad-csrf")) return answer;
  // Another tab has signed in again: the token is that session's now.
  await refreshMe();
  return send();
}

function csrf(): Record<string, string> {
  const token = known.peek()?.csrf_token ?? null;
  return token === null ? {} : { "x-csrf-token": token };
}
