import type { AccessStore } from "../store/access";
import { hashOf, newSecretText } from "./secret-text";

const goodForMs = 15 * 60_000;

/** One-time links for the machine's owner: who can read the data folder, may sign in. */
export class Links {
  constructor(private readonly deps: { readonly store: AccessStore; readonly now: () => number }) {}

  /** The token of a new one. */
  create(): string {
    const token = newSecretText();
    this.deps.store.addLink(hashOf(token), this.deps.now() + goodForMs);
    return token;
  }

  isGood(token: string): boolean {
    return this.deps.now() < (this.deps.store.link(hashOf(token))?.expiresAt ?? 0);
  }

  /** True once. */
  take(token: string): boolean {
    return this.isGood(token) && this.deps.store.takeLink(hashOf(token));
  }
}

/** The page a link opens. Behind the `#` it reaches no server and no log. */
export function linkUrl(root: string, token: string): string {
  return `${root.replace(/\/+$/, "")}/signin#link=${token}`;
}
