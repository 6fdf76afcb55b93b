import { comparePriority, priorities, type Priority } from "../../core/alert";
import { openForReading, type Database } from "../../store/db";
import { Reader } from "../../store/reader";
import {
  listAlerts,
  listDecisions,
  listOpportunities,
  listQuarantine,
  listSignals,
  missedBy,
  wordsOfOutcome,
} from "../../views/lists";
import { parseId } from "../../views/shape";
import type { AuditShape } from "../../views/audit";
import type { AlertShape, DecisionShape, OpportunityShape, QuarantineShape, SignalShape } from "../../views/shapes";
import { Failed } from "../exit";
import { found, type Client, type Detail } from "./client";
import type { AlertQuery, AuditQuery, HeldQuery, OpportunityQuery, SignalQuery } from "./queries";

const pollEveryMs = 200;

/** The desk as its database tells, whether the daemon runs or not. Throws StoreError where there is none. */
export class DatabaseClient implements Client {
  readonly #database: Database;
  readonly #reader: Reader;

  constructor(data: string) {
    this.#database = openForReading(data);
    this.#reader = new Reader(this.#database);
  }

  async alerts({ priority, minPriority, ...filter }: AlertQuery): Promise<AlertShape[]> {
    return listAlerts(this.#reader, { ...filter, priorities: prioritiesOf(priority, minPriority) }).items;
  }

  async signals(query: SignalQuery): Promise<SignalShape[]> {
    return listSignals(this.#reader, query).items;
  }

  async opportunities(query: OpportunityQuery): Promise<OpportunityShape[]> {
    return listOpportunities(this.#reader, query).items;
  }

  async held({ reason, missed, ...filter }: HeldQuery): Promise<DecisionShape[]> {
    if (missed === undefined)
      return listDecisions(this.#reader, { ...filter, words: reason === undefined ? wordsOfOutcome.held : [reason] })
        .items;
    const summedUp = missedBy(this.#reader, missed);
    if (summedUp === null) throw new Failed(`${missed} is no alert missed-while-away that is kept`);
    return listDecisions(this.#reader, { ...filter, missed: summedUp }).items;
  }

  async quarantine(): Promise<QuarantineShape[]> {
    return listQuarantine(this.#reader);
  }

  async audit(query: AuditQuery): Promise<AuditShape[]> {
    const { auditList } = await import("../../views/audit");
    return auditList(this.#database, query).items;
  }

  async detail(id: string): Promise<Detail | null> {
    // Loaded when asked for: lists should not wait for what only a trace needs.
    const { alertDetail, decisionDetail, opportunityDetail, receivedDetail, signalDetail } =
      await import("../../views/trace");
    switch (parseId(id)?.letter) {
      case "s":
        return found("signal", signalDetail(this.#reader, id));
      case "a":
        return found("alert", alertDetail(this.#reader, id));
      case "o":
        return found("opportunity", opportunityDetail(this.#reader, id));
      case "m":
      case "r":
        return found("received", receivedDetail(this.#reader, id));
      case "d":
        return found("decision", decisionDetail(this.#reader, id));
      case undefined:
        return null;
    }
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

function prioritiesOf(priority: Priority | undefined, min: Priority | undefined): readonly Priority[] | undefined {
  if (priority === undefined && min === undefined) return undefined;
  return priorities.filter(
    (each) => (priority === undefined || each === priority) && (min === undefined || comparePriority(each, min) >= 0),
  );
}
