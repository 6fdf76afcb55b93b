import { storedJson } from "../store/fault";
import type { AccessStore, AccountRow } from "../store/access";
import { accountName } from "./accounts";
import type { Audit } from "./audit";
import { knownDevice, newDeviceToken } from "./known-device";
import type { Attempt, LockOut } from "./lock-out";
import { passwordMatches } from "./passwords";
import type { RefusedSignIns } from "./refused-sign-ins";
import { totpSecretOf } from "./sealed-factors";
import { SealError, type Sealer } from "./sealing";
import { recoveryHash, totpStepOf } from "./second-factor";
import type { From, Issued, Sessions } from "./sessions";
import type { SigningKey } from "./signing-key";

export interface SignInDeps {
  readonly store: AccessStore;
  readonly sessions: Sessions;
  readonly lockOut: LockOut;
  readonly audit: Audit;
  readonly refusals: RefusedSignIns;
  readonly signing: () => SigningKey;
  readonly sealer: Sealer;
  readonly now: () => number;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Of the second factor, or one for recovery. */
  readonly code?: string | undefined;
  /** What the browser was given when somebody signed in with it before; null where it shows nothing. */
  readonly device: string | null;
}

/**
 * `factor-unreadable`: the password is right, and the key to the second factor is gone. `refused` says nothing of why:
 * unknown, wrong and locked answer in the same words, after the same work.
 */
export type SignedIn =
  | { readonly issued: Issued; readonly account: AccountRow; readonly device: string }
  | "refused"
  | "code-needed"
  | "factor-unreadable";

/** Signs in by name, password and, where the account has one, the second factor. */
export class SignIn {
  constructor(private readonly deps: SignInDeps) {}

  /** Throws TooBusy. */
  async withPassword({ username, password, code, device }: Credentials, from: From): Promise<SignedIn> {
    const { store, lockOut } = this.deps;
    const name = accountName(username) ?? "";
    const before = store.accountNamed(name);
    const matches = await passwordMatches(password, before?.passwordHash ?? null);
    // Hashing takes its time: the account may have been removed meanwhile, or its password changed.
    const account = store.accountNamed(name);
    const still = matches && account?.passwordHash === before?.passwordHash;
    const attempt = {
      account: name,
      address: from.address,
      device: account ? knownDevice(this.deps.signing(), account.id, device) : null,
    };
    // Asked after the work, so that of many tries at once no more count than one by one.
    const locked = lockOut.isLocked(attempt);
    if (locked || !account || !still) return this.#refuse(account, attempt, locked);
    if (account.totpSecret !== null && code === undefined) return "code-needed";
    if (account.totpSecret !== null && code !== undefined) {
      const secret = this.#secretOf(account);
      if (!(await this.#takesCode(account, secret, code))) {
        this.#refuse(account, attempt, false);
        return secret === null ? "factor-unreadable" : "refused";
      }
    }
    lockOut.succeeded(attempt);
    const issued = await this.begin(account, from, "password");
    return { issued, account, device: attempt.device !== null && device !== null ? device : this.newDevice(account) };
  }

  /** What makes a browser a known one of the account. */
  newDevice({ id }: AccountRow): string {
    return newDeviceToken(this.deps.signing(), id);
  }

  /** A code of the second factor, or one for recovery, each good once. */
  async #takesCode(account: AccountRow, secret: string | null, code: string): Promise<boolean> {
    const { store, now } = this.deps;
    const step = secret === null ? null : await totpStepOf(secret, code.replaceAll(/\s/g, ""), account.totpStep, now());
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
      audit({
        at: now(),
        who: account.name,
        from: from.address,
        what: "sign-in",
        subject: account.name,
        before: null,
        after: { by },
      });
    });
  }

  /** Null where it cannot be opened: codes for recovery still let its owner in. */
  #secretOf(account: AccountRow): string | null {
    try {
      return totpSecretOf(account, this.deps.sealer);
    } catch (error) {
      if (error instanceof SealError) return null;
      throw error;
    }
  }

  #refuse(account: AccountRow | undefined, attempt: Attempt, locked: boolean): "refused" {
    const { lockOut, refusals } = this.deps;
    if (!locked) lockOut.failed(attempt);
    refusals.add({ account: account?.name ?? null, address: attempt.address, locked });
    return "refused";
  }
}

export function recoveryHashesOf(account: AccountRow): string[] {
  return storedJson(account.recoveryHashes) as string[];
}
