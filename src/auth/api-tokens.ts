import type { AccessStore, ApiTokenRow } from "../store/access";
import type { Actor } from "./accounts";
import type { Audit } from "./audit";
import { Refused } from "./refused";
import type { Role } from "../core/roles";
import { hashOf, newSecretText } from "./secret-text";
import type { LastUse } from "./sessions";

export type { ApiTokenRow };

export interface ApiTokensDeps {
  readonly store: AccessStore;
  readonly now: () => number;
  readonly audit: Audit;
  /** Notified when one was revoked. */
  readonly changed: () => void;
}

/** What distinguishes a token from a session's. Secret scanners know such by their prefix. */
export const tokenPrefix = "vrt_";

/** Tokens for machines, kept as hashes. */
export class ApiTokens {
  readonly #uses = new Map<number, LastUse>();

  constructor(private readonly deps: ApiTokensDeps) {}

  all(): ApiTokenRow[] {
    return this.deps.store.tokens();
  }

  /** The token itself, shown this once. Throws Refused. */
  create(
    wanted: {
      readonly name: string;
      readonly role: Role;
      readonly expiresAt: number | null;
      readonly accountId: number | null;
    },
    actor: Actor,
  ): { readonly token: string; readonly row: ApiTokenRow } {
    const { store, now, audit } = this.deps;
    const name = wanted.name.trim();
    if (!/^[\w.@+-][\w .@+-]{0,63}$/.test(name))
      throw new Refused("bad-name", "A token's name is of letters, digits, spaces and . _ - @ +, 64 at most.", "name");
    const token = `${tokenPrefix}${newSecretText()}`;
    const row = store.transact(() => {
      if (store.tokenNamed(name)) throw new Refused("taken", `There is a token ${name} already.`, "name");
      const added = store.addToken({
        name,
        role: wanted.role,
        accountId: wanted.accountId,
        hash: hashOf(token),
        createdAt: now(),
        expiresAt: wanted.expiresAt,
      });
      audit({
        at: now(),
        ...actor,
        what: "token.created",
        subject: name,
        before: null,
        after: { role: wanted.role, expires_at: wanted.expiresAt },
      });
      return added;
    });
    return { token, row };
  }

  /** The row, while it is neither revoked nor past its time. */
  alive(token: string): ApiTokenRow | null {
    return this.#unexpired(this.deps.store.tokenByHash(hashOf(token)));
  }

  aliveById(id: number): ApiTokenRow | null {
    return this.#unexpired(this.deps.store.token(id));
  }

  /** Throws Refused where there is none of that name. */
  revoke(name: string, actor: Actor): void {
    const { store, now, audit } = this.deps;
    store.transact(() => {
      const row = store.tokenNamed(name.trim());
      if (!row) throw new Refused("unknown", "There is no such token.");
      store.removeToken(row.id);
      audit({ at: now(), ...actor, what: "token.revoked", subject: row.name, before: { role: row.role }, after: null });
    });
    this.deps.changed();
  }

  /** Where to note that a token is used. */
  useOf(id: number): LastUse {
    const use = this.#uses.get(id) ?? { at: 0, kept: 0 };
    this.#uses.set(id, use);
    return use;
  }

  lastUsed({ id, lastUsedAt }: ApiTokenRow): number | null {
    return Math.max(this.#uses.get(id)?.at ?? 0, lastUsedAt ?? 0) || null;
  }

  /** Keeps when each was last used. */
  flush(): void {
    const { store } = this.deps;
    const used = [...this.#uses].filter(([, { at, kept }]) => at > kept);
    store.transact(() => {
      for (const [id, { at }] of used) store.markTokenUsed(id, at);
    });
    for (const [, use] of used) use.kept = use.at;
  }

  #unexpired(row: ApiTokenRow | undefined): ApiTokenRow | null {
    return row !== undefined && (row.expiresAt === null || this.deps.now() < row.expiresAt) ? row : null;
  }
}
