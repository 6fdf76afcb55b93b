import { openForReading, type Database } from "../../store/db";
import type { ListOf } from "../../views/page";
import type { FilterOf, ItemOf, ListName } from "../../views/queries";
import { parseId } from "../../views/shape";
import { Failed } from "../exit";
import { learnLocalClock } from "./local-clock";
import { found, type Client, type Detail } from "./client";
import { loadList } from "./lists";

const pollEveryMs = 200;

/** The desk as its database has it, whether the daemon runs or not. Throws StoreError where there is none. */
export class DatabaseClient implements Client {
  readonly #database: Database;

  constructor(private readonly data: string) {
    this.#database = openForReading(data);
  }

  async list<N extends ListName>(name: N, filter: FilterOf<N>): Promise<readonly ItemOf<N>[]> {
    const { missed } = filter as FilterOf<"decisions">;
    if (missed !== undefined) await this.#assertKept(missed);
    const { read } = await loadList[name]();
    await learnLocalClock(this.data, this.#database);
    const query = read as (database: Database, filter: FilterOf<N>) => ListOf<ItemOf<N>>;
    return query(this.#database, filter).items;
  }

  async detail(id: string): Promise<Detail | null> {
    await learnLocalClock(this.data, this.#database);
    // Loaded when asked for: lists should not wait for what only a trace needs.
    const { alertDetail, decisionDetail, opportunityDetail, receivedDetail, signalDetail } =
      await import("../../views/trace");
    switch (parseId(id)?.letter) {
      case "s":
        return found("signal", signalDetail(this.#database, id));
      case "a":
        return found("alert", alertDetail(this.#database, id));
      case "o":
        return found("opportunity", opportunityDetail(this.#database, id));
      case "m":
      case "r":
        return found("received", receivedDetail(this.#database, id));
      case "d":
        return found("decision", decisionDetail(this.#database, id));
      case "q":
      case undefined:
        return null;
    }
  }

  async #assertKept(missed: string): Promise<void> {
    const { missedBy } = await import("../../views/decisions");
    if (missedBy(this.#database, missed) === null)
      throw new Failed(`${missed} is no alert missed-while-away that is kept`);
  }

  /** SQLite counts the commits of others: asking for that number costs no look at any table. */
  async *changes(_topic: "alerts" | "signals", stop: AbortSignal): AsyncIterable<void> {
    let before: number | null = null;
    while (!stop.aborted) {
      const { data_version: version } = this.#database.raw
        .query<{ data_version: number }, []>("PRAGMA data_version")
        .get() ?? { data_version: 0 };
      if (version !== before) yield;
      before = version;
      await Bun.sleep(pollEveryMs);
    }
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]();
  }
}
