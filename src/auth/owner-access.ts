import type { Accounts, Actor } from "./accounts";
import type { ApiTokens } from "./api-tokens";
import type { Links } from "./links";
import type { Role } from "./roles";

export interface AccountView {
  readonly name: string;
  readonly role: Role;
  readonly second_factor: boolean;
  readonly created_at: string;
  readonly last_sign_in_at: string | null;
}

export interface TokenView {
  readonly name: string;
  readonly role: Role;
  readonly account: string | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
}

/** What the machine's owner does at the command line, through the daemon or straight on the database. Throws Refused. */
export class OwnerAccess {
  constructor(
    private readonly deps: { readonly accounts: Accounts; readonly tokens: ApiTokens; readonly links: Links },
  ) {}

  users(): AccountView[] {
    return this.deps.accounts.all().map(({ name, role, totpSecret, createdAt, lastSignInAt }) => ({
      name,
      role,
      second_factor: totpSecret !== null,
      created_at: iso(createdAt),
      last_sign_in_at: isoOrNull(lastSignInAt),
    }));
  }

  async addUser(
    wanted: { readonly name: string; readonly role: Role; readonly password: string },
    actor: Actor,
  ): Promise<string> {
    return (await this.deps.accounts.add(wanted, actor)).name;
  }

  removeUser(name: string, actor: Actor): void {
    this.deps.accounts.remove(name, actor, true);
  }

  apiTokens(): TokenView[] {
    const { accounts, tokens } = this.deps;
    const names = new Map(accounts.all().map(({ id, name }) => [id, name]));
    return tokens.all().map((row) => ({
      name: row.name,
      role: row.role,
      account: row.accountId === null ? null : (names.get(row.accountId) ?? null),
      created_at: iso(row.createdAt),
      expires_at: isoOrNull(row.expiresAt),
      last_used_at: isoOrNull(tokens.lastUsed(row)),
    }));
  }

  createToken(
    wanted: { readonly name: string; readonly role: Role; readonly expiresAt: number | null },
    actor: Actor,
  ): string {
    return this.deps.tokens.create({ ...wanted, accountId: null }, actor).token;
  }

  revokeToken(name: string, actor: Actor): void {
    this.deps.tokens.revoke(name, actor);
  }

  /** The token of a new one-time link. */
  createLink(): string {
    return this.deps.links.create();
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
