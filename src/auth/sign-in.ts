import type { AccessStore, AccountRow } from "../store/access";
import { accountName } from "./accounts";
import type { Audit } from "./audit";
import type { LockOut } from "./lock-out";
import { passwordMatches } from "./passwords";
import { recoveryHash, totpStepOf } from "./second-factor";
import type { From, Issued, Sessions } from "./sessions";

export interface SignInDeps {
  readonly store: AccessStore;
  readonly sessions: Sessions;
  readonly lockOut: LockOut;
  readonly audit: Audit;
  readonly now: () => number;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Of the second factor, or one for recovery. */
  readonly code?: string | undefined;
}

/** `refused` says nothing of why: unknown, wrong and locked answer in the same words, after the same work. */
export type SignedIn = { readonly issued: Issued; readonly account: AccountRow } | "refused" | "code-needed";

/** Signs in by name, password and, where the account has one, the second factor. */
export class SignIn {
  constructor(private readonly deps: SignInDeps) {}

  /** Throws TooBusy. */
  async withPassword({ username, password, code }: Credentials, from: From): Promise<SignedIn> {
    const { store, lockOut } = this.deps;
    const name = accountName(username) ?? "";
    const before = store.accountNamed(name);
    const matches = await passwordMatches(password, before?.passwordHash ?? null);
    // Hashing takes its time: the account may have been removed meanwhile, or its password changed.
    const account = store.accountNamed(name);
    const still = matches && account?.passwordHash === before?.passwordHash;
    // Asked after the work, so that of many tries at once no more count than one by one.
    const locked = lockOut.isLocked(name, from.address);
    if (locked || !account || !still) return this.#refuse(account, name, from, locked);
    if (account.totpSecret !== null && code === undefined) return "code-needed";
    if (account.totpSecret !== null && code !== undefined && !(await this.takesCode(account, code))) return this.#refuse(account, name, from, false);
    lockOut.succeeded(name);
    return { issued: await this.begin(account, from, "password"), account };
  }

  /** A code of the second factor, or one for recovery, each good once. */
  async takesCode(account: AccountRow, code: string): Promise<boolean> {
    const { store, now } = this.deps;
    if (account.totpSecret === null) return false;
    const step = await totpStepOf(account.totpSecret, code.replaceAll(/\s/g, ""), account.totpStep, now());
    return store.transact(() => {
      // Read again: the same code may have been taken while this one was looked at.
      const current = store.account(account.id);
      if (!current) return false;
      if (step !== null) {
        if (current.totpStep !== null && step <= current.totpStep) return false;
        store.changeAccount(current.id, { totpStep: step });
        return true;
      }
      const left = recoveryHashesOf(current);
      const hash = recoveryHash(code);
      if (!left.includes(hash)) return false;
      store.changeAccount(current.id, { recoveryHashes: JSON.stringify(left.filter((each) => each !== hash)) });
      return true;
    });
  }

  /** A session for one who showed who they are. */
  async begin(account: AccountRow, from: From, by: "password" | "identity provider"): Promise<Issued> {
    const { store, sessions, now, audit } = this.deps;
    return await sessions.begin(account.id, from, () => {
      store.changeAccount(account.id, { lastSignInAt: now() });
      audit({ at: now(), who: account.name, from: from.address, what: "sign-in", subject: account.name, before: null, after: { by } });
    });
  }

  #refuse(account: AccountRow | undefined, name: string, from: From, locked: boolean): "refused" {
    const { lockOut, now, audit } = this.deps;
    if (!locked) lockOut.failed(name, from.address);
    // A name nobody has may be a password typed into the wrong field.
    audit({ at: now(), who: account?.name ?? "unknown", from: from.address, what: "sign-in.refused", subject: account?.name ?? null, before: null, after: { locked } });
    return "refused";
  }
}

export function recoveryHashesOf(account: AccountRow): string[] {
  return JSON.parse(account.recoveryHashes) as string[];
}
