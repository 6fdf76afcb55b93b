import { eq } from "drizzle-orm";
import type { AlertChange } from "../core/alert";
import type { Decided, Decision, Word } from "../core/decide/decision";
import type { Observation, ReportObserved, ScanObserved } from "../core/observation";
import type { Settings } from "../core/settings";
import type { StateOverlay } from "../core/decide/state";
import type { TunablesPatch } from "../core/tunables";
import { actRows, writeAcknowledgement } from "./acts";
import { appendAudit, type AuditEntry } from "./audit";
import type { Delivery } from "../core/notify/delivery";
import type { Database } from "./db";
import { DeliveryStore } from "./deliveries";
import {
  alertRow,
  notAcknowledged,
  marketRow,
  opportunityRow,
  signalRow,
  type AlertRow,
  type MarketRow,
  type OpportunityRow,
  type SignalRow,
} from "./rows";
import { silenceRow, type SilenceRow } from "./silences";
import * as schema from "./schema";
import { opportunityWords, searchWords } from "./search";
import { SearchIndex } from "./search-index";
import { prepareStatements, type Statements } from "./statements";
import { StoredState } from "./state";

/** What was read of a file: the ledger's row, and the original in the form it is kept. */
export interface FileRead {
  readonly size: number;
  readonly modifiedAt: number;
  readonly digest: string;
  /** As it was read, for as long as it waits. */
  readonly bytes: Uint8Array;
  /** Compressed; null where it was too large to keep. */
  readonly original: Buffer | null;
}

/** The rows one observation became, for those who publish it. */
export interface Recorded {
  readonly observation: Observation;
  readonly decided: Decided;
  readonly signals: readonly { readonly row: SignalRow; readonly news: "new" | "changed" | "same" }[];
  readonly opportunities: readonly OpportunityRow[];
  readonly market: MarketRow | null;
  readonly alerts: readonly AlertRow[];
  readonly changedAlerts: readonly AlertRow[];
  readonly silences: readonly { readonly row: SilenceRow; readonly news: boolean }[];
}

/** One thing to publish, with its place in the order. */
export interface Event {
  readonly seq: number;
  readonly topic: string;
  readonly at: number;
  readonly frame: string;
}

/** A change of what was set at run time. */
export interface SettingsRow {
  readonly seq: number;
  readonly at: number;
  readonly who: string;
  readonly before: TunablesPatch;
  readonly after: TunablesPatch;
  readonly settings: Settings;
}

/** The writing side of the store. Everything between `transact`'s start and end is one commit or none. */
export class StoreWriter {
  readonly state: StoredState;
  readonly search: SearchIndex;
  readonly epoch: string;
  #seq: number;
  readonly #put: Statements;
  readonly deliveries: DeliveryStore;
  readonly #database: Database;

  constructor(database: Database, newEpoch: () => string, search = new SearchIndex(database.raw)) {
    this.#database = database;
    this.search = search;
    this.#put = prepareStatements(database);
    this.deliveries = new DeliveryStore(database);
    const known = new Map(
      database.db
        .select()
        .from(schema.meta)
        .all()
        .map(({ key, value }) => [key, value]),
    );
    this.epoch = known.get("epoch") ?? newEpoch();
    this.#seq = Number(known.get("seq") ?? 0);
    if (!known.has("epoch")) this.#put.meta({ key: "epoch", value: this.epoch });
    this.state = new StoredState(database);
  }

  /** The last place taken in the order. */
  get seq(): number {
    return this.#seq;
  }

  /** Runs `work` as one commit. Throws what SQLite throws, and then nothing of it happened. */
  transact(work: (next: SeqCounter) => void): void {
    const counter = { seq: this.#seq };
    const next: SeqCounter = {
      peek: () => counter.seq + 1,
      take: (count) => (counter.seq += count),
    };
    const commit = this.#database.raw.transaction(() => {
      work(next);
      if (counter.seq !== this.#seq) this.#put.meta({ key: "seq", value: String(counter.seq) });
    });
    try {
      commit.immediate();
    } catch (error) {
      this.search.forget();
      throw error;
    }
    this.#seq = counter.seq;
  }

  /** Keeps an observation and all that was decided of it. */
  record(observation: Observation, decided: Decided, file: FileRead | null): Recorded {
    const { seq, receivedAt, kind, ...rest } = observation;
    this.#put.observation({
      seq,
      kind,
      source: "source" in rest ? rest.source : null,
      receivedAt,
      body: JSON.stringify(rest),
    });
    const report = observation.kind === "report" ? observation : null;
    if (report && file) this.#recordFile(report, file);
    const signals = report ? decided.signals.map((outcome) => this.#recordSignal(report, outcome)) : [];
    const observed = observation.kind === "report" || observation.kind === "scan" ? observation : null;
    const firstOpportunity = seq + (report?.signals.length ?? 0);
    const opportunities = observed ? this.#recordOpportunities(observed, firstOpportunity, decided.decisions) : [];
    const market = observed?.market
      ? marketRow(observed, observed.market, firstOpportunity + observed.opportunities.length)
      : null;
    if (market) this.#put.market(market);
    for (const decision of decided.decisions) this.#recordDecision(observation, decision);
    const alerts = decided.raised.map((alert) => {
      const row = alertRow(alert, seq);
      this.#put.alert(row);
      this.search.put(row.seq, row.message);
      return row;
    });
    const silences = decided.silences.map((change) => ({ row: silenceRow(change), news: change.news }));
    for (const { row } of silences) this.#put.silence(row);
    if (observation.kind === "act") for (const row of actRows(observation, decided)) this.#put.act(row);
    const changedAlerts = [
      ...decided.acknowledged.flatMap((change) => writeAcknowledgement(this.#database, change) ?? []),
      ...decided.changed.flatMap((change) => this.#recordAlertChange(change) ?? []),
    ];
    return { observation, decided, signals, opportunities, market, alerts, changedAlerts, silences };
  }

  writeCells(overlay: StateOverlay): void {
    for (const change of overlay.changes) {
      if (change.kind === "identity") {
        if (change.value) this.#put.identity({ key: change.key, ...change.value });
      } else if (change.value === null) this.#put.dropCell(change.kind, change.key);
      else this.#put.cell({ kind: change.kind, key: change.key, value: JSON.stringify(change.value) });
    }
  }

  writeEvent(event: Event): void {
    this.#put.event(event);
  }

  writeSettings({ before, after, settings, ...row }: SettingsRow): void {
    this.#put.settings({
      ...row,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      settings: JSON.stringify(settings),
    });
  }

  /** A message that is owed, in the commit that says so. */
  owe(delivery: Delivery): Delivery {
    this.deliveries.insert(delivery);
    return delivery;
  }

  /** In the commit under way. */
  audit(entry: AuditEntry): void {
    appendAudit(this.#database, entry);
  }

  /** Same bytes, dated the same, already read from another place of the source? */
  knowsContent(source: string, path: string, digest: string): boolean {
    return this.#put.knowsContent(source, path, digest);
  }

  /** As knowsContent, for what carries no time: read since then, and not a file overwritten in place, which is of another moment. */
  knowsUndated(source: string, path: string, digest: string, since: number): boolean {
    return this.#put.knowsUndated(source, path, digest, since);
  }

  /** The file was touched: other times, same content. */
  touchFile(source: string, path: string, size: number, modifiedAt: number): void {
    this.#put.touch(source, path, size, modifiedAt);
  }

  /** Marks what a look at the folder no longer found, or found again. */
  markGone(source: string, path: string, goneAt: number | null): void {
    this.#put.gone(source, path, goneAt);
    if (goneAt !== null) this.#put.releaseQuarantine(source, path, []);
  }

  /** A word to remember under a name. */
  remember(key: string, value: string): void {
    this.#put.meta({ key, value });
  }

  /** A write that leaves no trace: does the database take any, now? Throws what SQLite throws. */
  probe(at: number): void {
    this.#database.raw.transaction(() => this.#put.meta({ key: "probed", value: String(at) })).immediate();
  }

  #recordFile(report: ReportObserved, { size, modifiedAt, digest, original }: FileRead): void {
    const { seq, source, file: path, receivedAt, refusals } = report;
    const whole = refusals.some(({ element }) => element === null);
    this.#put.file({
      source,
      path,
      size,
      modifiedAt,
      digest,
      seq,
      outcome: whole ? "refused" : "read",
      readAt: receivedAt,
      goneAt: null,
    });
    this.#put.report({ seq, receivedAt, source, path, size, digest, body: original });
    this.#put.releaseQuarantine(
      source,
      path,
      refusals.map(({ element }) => element ?? 0),
    );
    for (const { element, reason, detail } of refusals) {
      this.#put.quarantine({ source, path, element: element ?? 0, reason, detail, at: receivedAt });
    }
  }

  #recordSignal(report: ReportObserved, outcome: Decided["signals"][number]): Recorded["signals"][number] {
    const before = outcome.relation === "first" ? undefined : this.#put.signalBySeq(outcome.seq);
    const row = signalRow(report, outcome, before);
    this.#put.signal(row);
    const same = before !== undefined && before.body === row.body && before.decision === row.decision;
    if (!same) this.search.put(row.seq, searchWords(row, outcome.signal), before !== undefined);
    return { row, news: before === undefined ? "new" : same ? "same" : "changed" };
  }

  #recordOpportunities(
    observed: ReportObserved | ScanObserved,
    first: number,
    decisions: readonly Decision[],
  ): OpportunityRow[] {
    return observed.opportunities.map((opportunity, index) => {
      const seq = first + index;
      const word: Word =
        decisions.find(({ subjectSeq, rule }) => subjectSeq === seq && rule === "opportunity")?.word ?? "duplicate";
      const row = opportunityRow(observed, opportunity, seq, word);
      this.#put.opportunity(row);
      this.search.put(row.seq, opportunityWords(row, opportunity));
      return row;
    });
  }

  #recordDecision({ seq, receivedAt }: Observation, decision: Decision): void {
    const { checks, ...rest } = decision;
    this.#put.decision({ ...rest, observationSeq: seq, at: receivedAt, checks: JSON.stringify(checks) });
  }

  #recordAlertChange({ seq, state, at, supersededBy, reason }: AlertChange): AlertRow | undefined {
    const { alerts } = schema;
    const { db } = this.#database;
    const ended = { state, endedAt: at, supersededBy, endReason: reason, ...notAcknowledged };
    return db.update(alerts).set(ended).where(eq(alerts.seq, seq)).returning().get();
  }
}

/** Hands out places in the order within one commit. */
export interface SeqCounter {
  /** The next free place. */
  peek(): number;
  /** Takes so many places; answers the last of them. */
  take(count: number): number;
}
