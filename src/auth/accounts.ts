import type { AccessStore, AccountRow } from "../store/access";
import type { Audit } from "./audit";
import { hashPassword, whyWeak } from "./passwords";
import { Refused } from "./refused";
import { sealTotpSecret } from "./sealed-factors";
import type { Sealer } from "./sealing";
import type { Role } from "../core/roles";

export type { AccountRow };

/** Who changes something, and from where: for the audit log. */
export interface Actor {
  readonly who: string;
  readonly from: string;
}

export interface AccountsDeps {
  readonly store: AccessStore;
  readonly now: () => number;
  readonly audit: Audit;
  readonly sealer: Sealer;
  /** Notified when an account may do less than before. */
  readonly changed: () => void;
}

/** Names are compared without regard to case. Null where it cannot be one. */
export function accountName(text: string): string | null {
  const name = text.trim().toLowerCase();
  return /^[a-z0-9][a-z0-9._@+-]{0,63}$/.test(name) && name !== "owner" ? name : null;
}

/** Who may sign in, and as what. Every method throws Refused where it cannot be done. */
export class Accounts {
  constructor(private readonly deps: AccountsDeps) {}

  all(): AccountRow[] {
    return this.deps.store.accounts();
  }

  get none(): boolean {
    return this.all().length === 0;
  }

  /**
   * `password` null: only the identity provider vouches for it. `mayStill` is asked in the same commit: hashing takes
   * time, and others do not wait.
   */
  async add(
    wanted: {
      readonly name: string;
      readonly role: Role;
      readonly password: string | null;
      readonly oidcSubject?: string;
    },
    actor: Actor,
    mayStill: () => boolean = () => true,
  ): Promise<AccountRow> {
    const name = accountName(wanted.name);
    if (name === null)
      throw new Refused(
        "bad-name",
        "A name is of letters, digits and . _ - @ +, 64 at most, and not owner.",
        "username",
      );
    const passwordHash = wanted.password === null ? null : await newHash(wanted.password, name);
    const { store, now } = this.deps;
    return store.transact(() => {
      if (!mayStill()) throw new Refused("already", "Someone else made the first account meanwhile.");
      if (store.accountNamed(name)) throw new Refused("taken", `There is an account ${name} already.`, "username");
      const account = store.addAccount({
        name,
        role: wanted.role,
        passwordHash,
        recoveryHashes: "[]",
        oidcSubject: wanted.oidcSubject ?? null,
        createdAt: now(),
      });
      this.#audit("account.added", name, actor, null, { role: wanted.role });
      return account;
    });
  }

  named(text: string): AccountRow {
    const account = this.deps.store.accountNamed(text.trim().toLowerCase());
    if (!account) throw new Refused("unknown", "There is no such account.");
    return account;
  }

  /** Its sessions and tokens end with it. `mayBeLast`: even where no administrator is left. */
  remove(name: string, actor: Actor, mayBeLast = false): void {
    const { store } = this.deps;
    store.transact(() => {
      const account = this.named(name);
      if (!mayBeLast) this.#keepAnAdmin(account);
      store.removeAccount(account.id);
      this.#audit("account.removed", account.name, actor, { role: account.role }, null);
    });
    this.deps.changed();
  }

  /**
   * The account of someone an identity provider vouches for, with the role it gives now. Made where there is none;
   * never one of the same name that somebody else has.
   */
  async vouchedFor(
    vouched: { readonly subject: string; readonly name: string; readonly role: Role },
    actor: Actor,
  ): Promise<AccountRow> {
    const known = this.deps.store.accountOf(vouched.subject);
    if (known) {
      this.changeRole(known.name, vouched.role, actor, true);
      return this.named(known.name);
    }
    const wanted = accountName(vouched.name.replaceAll(/[^\w.@+-]/g, "-")) ?? "account";
    const taken = new Set(this.all().map(({ name }) => name));
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted.slice(0, 58)}-${n}`;
    return await this.add({ name, role: vouched.role, password: null, oidcSubject: vouched.subject }, actor);
  }

  changeRole(name: string, role: Role, actor: Actor, mayBeLast = false): void {
    const { store } = this.deps;
    store.transact(() => {
      const account = this.named(name);
      if (account.role === role) return;
      if (role !== "admin" && !mayBeLast) this.#keepAnAdmin(account);
      store.changeAccount(account.id, { role });
      this.#audit("account.role-changed", account.name, actor, { role: account.role }, { role });
    });
    this.deps.changed();
  }

  /** Ends every session of it but one: whoever knew the old one is out. */
  async setPassword(name: string, password: string, actor: Actor, exceptSession: string | null = null): Promise<void> {
    const account = this.named(name);
    const passwordHash = await newHash(password, account.name);
    const { store } = this.deps;
    store.transact(() => {
      store.changeAccount(account.id, { passwordHash });
      store.endSessionsOf(account.id, exceptSession);
      this.#audit("account.password-changed", account.name, actor, null, null);
    });
    this.deps.changed();
  }

  setSecondFactor(
    account: AccountRow,
    secret: string,
    step: number,
    recoveryHashes: readonly string[],
    actor: Actor,
  ): void {
    const { store, sealer } = this.deps;
    store.transact(() => {
      store.changeAccount(account.id, {
        totpSecret: sealTotpSecret(account.id, secret, sealer),
        totpStep: step,
        recoveryHashes: JSON.stringify(recoveryHashes),
      });
      this.#audit("account.second-factor-set", account.name, actor, null, null);
    });
    this.deps.changed();
  }

  dropSecondFactor(name: string, actor: Actor): void {
    const account = this.named(name);
    if (account.totpSecret === null) return;
    const { store } = this.deps;
    store.transact(() => {
      store.changeAccount(account.id, { totpSecret: null, totpStep: null, recoveryHashes: "[]" });
      this.#audit("account.second-factor-dropped", account.name, actor, null, null);
    });
    this.deps.changed();
  }

  #keepAnAdmin(account: AccountRow): void {
    if (account.role === "admin" && !this.all().some(({ id, role }) => role === "admin" && id !== account.id)) {
      throw new Refused("last-admin", "It is the last admin: make another one first.");
    }
  }

  #audit(what: string, subject: string, { who, from }: Actor, before: unknown, after: unknown): void {
    this.deps.audit({ at: this.deps.now(), who, from, what, subject, before, after });
  }
}

async function newHash(password: string, name: string): Promise<string> {
  const weak = await whyWeak(password, name);
  if (weak !== null) throw new Refused("weak-password", weak, "password");
  return await hashPassword(password);
}
