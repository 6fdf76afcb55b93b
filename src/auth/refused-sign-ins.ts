import { hourMs } from "../core/duration";
import { addressKey } from "./address-key";
import type { Audit } from "./audit";

export interface RefusedSignIn {
  /** The account's name, null where no account has the name: it may be a password typed into the wrong field. */
  readonly account: string | null;
  readonly address: string;
  /** It was not looked at: too many tries were wrong before. */
  readonly locked: boolean;
  /** Where it was not the password. */
  readonly why?: string;
}

interface Tally {
  readonly from: string;
  readonly accounts: Set<string>;
  readonly since: number;
  until: number;
  count: number;
}

/** Rows of their own an hour: of one address, and of all together. */
const rowsMax = { address: 15, all: 100 } as const;
const tallyForMs = 10 * 60_000;
const talliesMax = 20;
const accountsNamed = 5;
/** Where more addresses try than are counted apart. */
const many = "many addresses";

/** Keeps refused sign-ins in the audit log, and keeps them from filling it: what goes beyond a few is counted, and written as one row. */
export class RefusedSignIns {
  readonly #tallies = new Map<string, Tally>();
  readonly #rows = new Map<string, number>();
  #rowsOfAll = 0;
  #hourBegan = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly audit: Audit,
    private readonly now: () => number,
  ) {}

  add({ account, address, locked, why }: RefusedSignIn): void {
    const at = this.now();
    if (at - this.#hourBegan >= hourMs) {
      this.#hourBegan = at;
      this.#rows.clear();
      this.#rowsOfAll = 0;
    }
    const key = addressKey(address);
    const rows = this.#rows.get(key) ?? 0;
    if (locked || rows >= rowsMax.address || this.#rowsOfAll >= rowsMax.all) {
      this.#count(key, account, at);
      return;
    }
    this.#rows.set(key, rows + 1);
    this.#rowsOfAll++;
    this.audit({
      at,
      who: account ?? "unknown",
      from: address,
      what: "sign-in.refused",
      subject: account,
      before: null,
      after: { locked: false, ...(why !== undefined && { why }) },
    });
  }

  /** Writes what was counted for long enough, or with `all` what was counted at all. */
  flush({ all = false }: { readonly all?: boolean } = {}): void {
    const now = this.now();
    for (const [key, { from, accounts, since, until, count }] of this.#tallies) {
      if (!all && now - since < tallyForMs) continue;
      this.#tallies.delete(key);
      const [only] = accounts;
      const summary = { count, since: iso(since), until: iso(until), accounts: [...accounts] };
      this.audit({
        at: now,
        who: "unknown",
        from,
        what: "sign-in.refused",
        subject: accounts.size === 1 && only !== undefined ? only : null,
        before: null,
        after: summary,
      });
    }
  }

  #count(address: string, account: string | null, at: number): void {
    const key = this.#tallies.has(address) || this.#tallies.size < talliesMax ? address : many;
    const tally = this.#tallies.get(key) ?? { from: key, accounts: new Set(), since: at, until: at, count: 0 };
    this.#tallies.set(key, tally);
    tally.count++;
    tally.until = at;
    if (account !== null && tally.accounts.size < accountsNamed) tally.accounts.add(account);
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
