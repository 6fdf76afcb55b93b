import { comparePriority, priorities, type Priority } from "../../core/alert";
import { openForReading, type Opened } from "../../store/open";
import { Reader } from "../../store/reader";
import { listAlerts, listDecisions, listOpportunities, listQuarantine, listSignals, missedBy, wordsOfOutcome } from "../../views/lists";
import { parseId } from "../../views/shape";
import type { AuditShape } from "../../views/audit";
import type { AlertShape, DecisionShape, OpportunityShape, QuarantineShape, SignalShape } from "../../views/shapes";
import { Failed } from "../exit";
import { found, type Answers, type Detail } from "./answers";
import type { AlertQuestion, AuditQuestion, HeldQuestion, OpportunityQuestion, SignalQuestion } from "./questions";

const lookEveryMs = 200;

/** The desk as its database tells, whether the daemon runs or not. Throws StoreError where there is none. */
export class DatabaseAnswers implements Answers {
  readonly #opened: Opened;
  readonly #reader: Reader;

  constructor(data: string) {
    this.#opened = openForReading(data);
    this.#reader = new Reader(this.#opened);
  }

  async alerts({ priority, minPriority, ...filter }: AlertQuestion): Promise<AlertShape[]> {
    return listAlerts(this.#reader, { ...filter, priorities: asked(priority, minPriority) }).items;
  }

  async signals(question: SignalQuestion): Promise<SignalShape[]> {
    return listSignals(this.#reader, question).items;
  }

  async opportunities(question: OpportunityQuestion): Promise<OpportunityShape[]> {
    return listOpportunities(this.#reader, question).items;
  }

  async held({ reason, missed, ...filter }: HeldQuestion): Promise<DecisionShape[]> {
    if (missed === undefined) return listDecisions(this.#reader, { ...filter, words: reason === undefined ? wordsOfOutcome.held : [reason] }).items;
    const summedUp = missedBy(this.#reader, missed);
    if (summedUp === null) throw new Failed(`${missed} is no alert missed-while-away that is kept`);
    return listDecisions(this.#reader, { ...filter, missed: summedUp }).items;
  }

  async quarantine(): Promise<QuarantineShape[]> {
    return listQuarantine(this.#reader);
  }

  async audit(question: AuditQuestion): Promise<AuditShape[]> {
    const { auditList } = await import("../../views/audit");
    return auditList(this.#opened, question).items;
  }

  async detail(id: string): Promise<Detail | null> {
    // Loaded when asked for: lists should not wait for what only a trace needs.
    const { alertDetail, decisionDetail, opportunityDetail, receivedDetail, signalDetail } = await import("../../views/trace");
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
      const { data_version: version } = this.#opened.raw.query<{ data_version: number }, []>("PRAGMA data_version").get() ?? { data_version: 0 };
      if (version !== before) yield;
      before = version;
      await Bun.sleep(lookEveryMs);
    }
  }

  [Symbol.dispose](): void {
    this.#opened[Symbol.dispose]();
  }
}

function asked(priority: Priority | undefined, least: Priority | undefined): readonly Priority[] | undefined {
  if (priority === undefined && least === undefined) return undefined;
  return priorities.filter((each) => (priority === undefined || each === priority) && (least === undefined || comparePriority(each, least) >= 0));
}
