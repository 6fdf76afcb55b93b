import { addressKey } from "./address-key";

/** Who tries to sign in as somebody: from which address, by which device that the account has signed in with before. */
export interface Attempt {
  readonly account: string;
  readonly address: string;
  /** Null: one that is not known. */
  readonly device: string | null;
}

interface Tries {
  failures: number;
  lastAt: number;
  /** Refused until then, epoch ms. */
  until: number;
}

const firstLockMs = 10_000;
const longestLockMs = 15 * 60_000;
const forgottenAfterMs = 60 * 60_000;
/** An address may be that of an office. */
const free = { account: 5, address: 15 } as const;
const keptMax = 10_000;

/**
 * Failed tries, by account and address together and by address over all accounts: who guesses locks himself out, never the
 * account's owner elsewhere. A known device counts by itself, whatever is tried from its address. Each further failure past the
 * free ones doubles how long the next is refused, up to a quarter of an hour: never for good. Kept in memory, bounded.
 */
export class LockOut {
  readonly #tries = new Map<string, Tries>();

  constructor(private readonly now: () => number) {}

  isLocked(attempt: Attempt): boolean {
    return Object.keys(countersOf(attempt)).some((key) => this.#isHeld(this.#tries.get(key)));
  }

  /** From some address or by some device; others get in. */
  isAccountLocked(account: string): boolean {
    return this.#keysOf(account).some((key) => this.#isHeld(this.#tries.get(key)));
  }

  /** What is tried while it is locked counts no further: whoever waits, gets in. */
  failed(attempt: Attempt): void {
    for (const [key, freeTries] of Object.entries(countersOf(attempt))) this.#count(key, freeTries);
  }

  /** Whoever got in starts anew. The address stays counted: it may have an account of its own and still guess at others. */
  succeeded(attempt: Attempt): void {
    this.#tries.delete(ownCounter(attempt));
  }

  /** The account may be tried again at once, from everywhere that is not locked for what it tried at others. */
  unlock(account: string): void {
    for (const key of this.#keysOf(account)) this.#tries.delete(key);
  }

  #keysOf(account: string): string[] {
    return [...this.#tries.keys()].filter((key) => key.startsWith(`account ${account} `));
  }

  #isHeld(tries: Tries | undefined): boolean {
    return (tries?.until ?? 0) > this.now();
  }

  #count(key: string, freeTries: number): void {
    const now = this.now();
    const before = this.#tries.get(key);
    const failures = before && now - before.lastAt < forgottenAfterMs ? before.failures + 1 : 1;
    const over = failures - freeTries;
    const until = over < 0 ? 0 : now + Math.min(longestLockMs, firstLockMs * 2 ** over);
    // Taken out first: the map's order is that of the last failure.
    this.#tries.delete(key);
    this.#tries.set(key, { failures, lastAt: now, until });
    const oldest = this.#tries.size > keptMax ? this.#tries.keys().next().value : undefined;
    if (oldest !== undefined) this.#tries.delete(oldest);
  }
}

/** Each with how many failures are free. */
function countersOf(attempt: Attempt): Readonly<Record<string, number>> {
  const own = { [ownCounter(attempt)]: free.account };
  return attempt.device === null ? { ...own, [`address ${addressKey(attempt.address)}`]: free.address } : own;
}

function ownCounter({ account, address, device }: Attempt): string {
  return device === null ? `account ${account} at ${addressKey(address)}` : `account ${account} by ${device}`;
}
