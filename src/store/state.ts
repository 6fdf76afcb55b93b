import type { Signal } from "../core/signal";
import type { CellKind, Cells, StateOverlay, State } from "../core/decide/state";
import { storedJson } from "./fault";
import type { Database } from "./db";

/**
 * What decide remembers, as the database holds it: the few gate cells in memory, identities and signals looked up,
 * for there may be hundreds of thousands of those.
 */
export class StoredState implements State {
  readonly #cells = new Map<CellKind, Map<string, Cells[CellKind]>>();
  readonly #identity;
  readonly #signal;

  constructor({ raw }: Database) {
    this.#identity = raw.query<{ seq: number; observed_at: number; alerted: Cells["identity"]["alerted"] }, [string]>(
      "SELECT seq, observed_at, alerted FROM identities WHERE key = ?",
    );
    this.#signal = raw.query<{ body: string }, [number]>("SELECT body FROM signals WHERE seq = ?");
    // Cells are rows this program wrote itself: their shape is the schema's of the same version.
    for (const { kind, key, value } of raw
      .query<{ kind: CellKind; key: string; value: string }, []>("SELECT kind, key, value FROM cells")
      .iterate()) {
      this.#ofKind(kind).set(key, storedJson(value) as Cells[CellKind]);
    }
  }

  get<K extends CellKind>(kind: K, key: string): Cells[K] | undefined {
    if (kind === "identity") return this.#lookUpIdentity(key) as Cells[K] | undefined;
    return this.#cells.get(kind)?.get(key) as Cells[K] | undefined;
  }

  entries<K extends Exclude<CellKind, "identity">>(kind: K): Iterable<readonly [string, Cells[K]]> {
    return this.#ofKind(kind) as Map<string, Cells[K]>;
  }

  signal(seq: number): Signal | undefined {
    const row = this.#signal.get(seq);
    return row ? (storedJson(row.body) as Signal) : undefined;
  }

  /** Takes over what was committed. */
  apply(overlay: StateOverlay): void {
    for (const { kind, key, value } of overlay.changes) {
      if (kind === "identity") continue;
      if (value === null) this.#ofKind(kind).delete(key);
      else this.#ofKind(kind).set(key, value);
    }
  }

  #ofKind(kind: CellKind): Map<string, Cells[CellKind]> {
    let cells = this.#cells.get(kind);
    if (!cells) this.#cells.set(kind, (cells = new Map()));
    return cells;
  }

  #lookUpIdentity(key: string): Cells["identity"] | undefined {
    const row = this.#identity.get(key);
    return row ? { seq: row.seq, observedAt: row.observed_at, alerted: row.alerted } : undefined;
  }
}
