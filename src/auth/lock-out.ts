import { addressKey } from "./address-key";

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
const keptAtMost = 10_000;

/**
 * Failed tries of accounts and addresses. Each further one past the free ones doubles how long the next is refused, up to a
 * quarter of an hour: never for good. Kept in memory, bounded whatever the number of addresses.
 */
export class LockOut {
  readonly #tries = new Map<string, Tries>();

  constructor(private readonly now: () => number) {}

  isLocked(account: string, address: string): boolean {
    return [`account ${account}`, `address ${addressKey(address)}`].some((key) => (this.#tries.get(key)?.until ?? 0) > this.now());
  }

  /** The account's own lock; that of an address ends by itself. */
  isAccountLocked(account: string): boolean {
    return (this.#tries.get(`account ${account}`)?.until ?? 0) > this.now();
  }

  /** What is tried while it is locked counts no further: whoever waits, gets in. */
  failed(account: string, address: string): void {
    this.#count(`account ${account}`, free.account);
    this.#count(`address ${addressKey(address)}`, free.address);
  }

  /** The account is its owner's again. The address stays counted: it may have an account of its own and still guess at others. */
  succeeded(account: string): void {
    this.#tries.delete(`account ${account}`);
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
    const oldest = this.#tries.size > keptAtMost ? this.#tries.keys().next().value : undefined;
    if (oldest !== undefined) this.#tries.delete(oldest);
  }
}
