import { signal, type ReadonlySignal } from "@preact/signals";
import type { Permission, Role } from "../../src/auth/roles";
import { here } from "../here";
import { fetchSignedIn } from "./session";

/** Who looks at the page, and what he may. */
export interface Me {
  readonly kind: "account" | "token" | "owner";
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  /** Off: everybody who reaches the daemon is its owner. */
  readonly auth: "required" | "off";
  readonly csrf_token: string | null;
}

const known = signal<Me | null>(null);

/** Null until it is known. */
export const me: ReadonlySignal<Me | null> = known;

export function may(permission: Permission): boolean {
  return known.value?.permissions.includes(permission) ?? false;
}

export async function learnWhoLooks(): Promise<void> {
  const answer = await fetchSignedIn(here("api/auth/me"), { headers: { accept: "application/json" } });
  if (answer.ok) known.value = await answer.json() as Me;
}

/** Asks the daemon to change something. Throws where it does not answer at all. */
export async function tell(method: "POST" | "PATCH" | "PUT" | "DELETE", path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const send = () => fetchSignedIn(here(path), { method, headers: { "content-type": "application/json", "accept": "application/json", ...csrf(), ...headers }, body: JSON.stringify(body) });
  if (known.peek() === null) await learnWhoLooks();
  const answer = await send();
  if (answer.status !== 403 || !(await answer.clone().text()).includes("bad-csrf")) return answer;
  // Another tab has signed in anew: the token is that session's now.
  await learnWhoLooks();
  return send();
}

function csrf(): Record<string, string> {
  const token = known.peek()?.csrf_token ?? null;
  return token === null ? {} : { "x-csrf-token": token };
}
