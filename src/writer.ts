import { decide } from "./core/decide/decide";
import { sameIdentityWithinMs } from "./core/decide/identity";
import {
  seqsTakenBy,
  type CertificateRead,
  type Configured,
  type HostMeasured,
  type Observation,
  type ReportObserved,
  type Tick,
  type Unsequenced,
} from "./core/observation";
import type { Settings } from "./core/settings";
import { KeptAnswers, type RunRules } from "./rules/kept-answers";
import { StateOverlay } from "./core/decide/state";
import type { StoreFault } from "./core/store-fault";
import type { SettingsChange } from "./settings";
import type { Committed, OpenCommit } from "./committed";
import type { Observed, Submission } from "./submission";
import { dueRow } from "./core/notify/delivery";
import type { Plan } from "./core/notify/plan";
import type { StoreWriter, Recorded } from "./store/writer";
import { storeFaultOf } from "./store/fault";
import { deliveryChanged, eventsOf } from "./views/events";
import { eventFrom, type Event } from "./views/frames";

/** What the store made of a commit; `locked`: another program holds it, and it may be tried again. */
type Taken = "stored" | "refused" | "locked";

export interface WriterDeps {
  readonly storeWriter: StoreWriter;
  readonly settings: () => Settings;
  /** What the user's rules say of each, in order. Never throws. Left out: there are none. */
  readonly runRules?: RunRules;
  /** What is owed to whom of what was decided; written in the same commit. Left out: nothing is. */
  readonly owed?: (recorded: Recorded) => readonly Plan[];
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Monotonic, ms: durations only. */
  readonly elapsed: () => number;
  readonly committed: (news: Committed) => void;
  /** The store took nothing, or takes again (null). */
  readonly faulted: (fault: StoreFault | null, error: unknown) => void;
}

const collectForMs = 2;
/** Another program may hold the database for a moment: it is asked again this often, and after so long it is a fault. */
const retryLockedMs = 20;
const lockedForMs = 1000;
const collectMax = 100;

/**
 * The one writer: collects observations for a moment, decides them in order, commits them as one and then publishes.
 * What was not committed is never published, and its submitter is answered so.
 */
export class Writer implements Disposable {
  readonly #deps: WriterDeps;
  readonly #waiting: { readonly submission: Submission; readonly done: (stored: boolean) => void }[] = [];
  readonly #answers: KeptAnswers;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #ended = false;
  #fault: StoreFault | null = null;
  /** Since when another program holds it, monotonic ms; nothing waits for that but what is submitted. */
  #lockedSince: number | null = null;

  constructor(deps: WriterDeps) {
    this.#deps = deps;
    this.#answers = new KeptAnswers(deps.runRules);
  }

  get fault(): StoreFault | null {
    return this.#fault;
  }

  /** Why nothing can be stored at this moment: a fault, or a lock that may be gone in the next. */
  get trouble(): StoreFault | null {
    return this.#fault ?? (this.#lockedSince === null ? null : "locked");
  }

  /** Answers once it is committed; false where the store did not take it. */
  submit(submission: Submission): Promise<boolean> {
    // Whoever comes after the end is answered as by a store that takes nothing.
    if (this.#ended) return Promise.resolve(false);
    return new Promise((done) => {
      this.#waiting.push({ submission, done });
      if (this.#waiting.length >= collectMax && this.#lockedSince === null) this.flush();
      else this.#timer ??= setTimeout(() => this.flush(), collectForMs);
    });
  }

  /** Commits what waits, now; where another program holds the database it waits on, and blocks no caller. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, collectMax);
      const taken = this.#commit(group.map(({ submission }) => submission));
      if (taken === "locked") {
        this.#waiting.unshift(...group);
        this.#timer ??= setTimeout(() => this.flush(), retryLockedMs);
        return;
      }
      for (const { done } of group) done(taken === "stored");
    }
  }

  /** Commits what waits; what still cannot be stored is answered so. */
  [Symbol.dispose](): void {
    this.flush();
    this.#ended = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const { done } of this.#waiting.splice(0)) done(false);
  }

  /** The store was lost, or a read found it damaged, before a write noticed. */
  lose(fault: StoreFault, error: unknown = null): void {
    this.#setFault(fault, error);
  }

  /** Runs work on the store that is not about observations; false where the store did not take it. Waits for no lock. */
  maintain(work: () => void): boolean {
    if (this.#fault !== null) return false;
    try {
      work();
      this.#lockedSince = null;
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  /** Lets time pass for what expires, falls silent or owes a summary. */
  tick(): void {
    this.consider({ kind: "tick", receivedAt: this.#deps.now() });
  }

  /** Shows decide what comes all the time and is kept only where it changed something. */
  consider(observation: Unsequenced<Tick | HostMeasured | Configured | CertificateRead>): void {
    this.flush();
    // Nothing overtakes what waits for a lock: time passes again in a second.
    if (this.#fault !== null || this.#waiting.length > 0) return;
    const { storeWriter, settings } = this.#deps;
    const next = { ...observation, seq: storeWriter.seq + 1 };
    const outcome = decide(storeWriter.state, next, settings(), observation.receivedAt);
    if (outcome.state.isUnchanged && outcome.decisions.length === 0 && outcome.changed.length === 0) return;
    this.#commit([{ observation, file: null }]);
  }

  /** From here on other settings hold; false while something waits, which was submitted under the ones before. */
  changeSettings(change: SettingsChange): boolean {
    const { storeWriter, now } = this.#deps;
    const at = now();
    if (this.#waiting.length > 0) return false;
    const taken = this.#guarded(({ events }) => {
      const recorded: Recorded[] = [];
      storeWriter.transact((next) => {
        const seq = next.take(1);
        const observation = { kind: "settings-changed", seq, receivedAt: at } as const;
        recorded.push(
          storeWriter.record(observation, decide(storeWriter.state, observation, change.settings, at), null),
        );
        const { who, before, after, settings } = change;
        storeWriter.writeSettings({ seq, at, who, before, after, settings });
        if (Object.keys(change.differs.after).length > 0)
          storeWriter.audit({ at, who, from: change.from, what: "settings.changed", subject: null, ...change.differs });
        this.#publish(events, eventFrom("settings_changed", seq, at, { config: change.config }));
      });
      return recorded;
    });
    return taken === "stored";
  }

  /** Tries whether the store takes anything again. What is damaged stays so, whatever it still takes. */
  probe(): void {
    if (this.#fault === "corrupt") return;
    try {
      this.#deps.storeWriter.probe(this.#deps.now());
      this.#lockedSince = null;
      this.#setFault(null, null);
    } catch (error) {
      this.#fail(error);
    }
  }

  #commit(group: readonly Submission[]): Taken {
    const { storeWriter, settings, elapsed } = this.#deps;
    const holding = settings();
    const overlay = new StateOverlay(storeWriter.state);
    // A rule takes its time: before anything is decided, and outside of the transaction.
    if (this.#fault === null)
      this.#answers.prepare(
        group.filter((each) => "observation" in each),
        holding,
      );
    return this.#guarded(({ events, owed, over, steps }) => {
      const recorded: Recorded[] = [];
      storeWriter.transact((next) => {
        for (const submission of group) {
          if ("mark" in submission) {
            submission.mark(storeWriter, (eventAt) => this.#publish(events, eventAt(next.take(1))));
            continue;
          }
          const { file } = submission;
          const observation = this.#sequence(submission, next.peek());
          const startedAt = elapsed();
          const outcome = decide(overlay, observation, holding, observation.receivedAt);
          overlay.absorb(outcome.state);
          const decidedAt = elapsed();
          next.take(seqsTakenBy(observation) + outcome.raised.length);
          const each = storeWriter.record(observation, outcome, file);
          recorded.push(each);
          submission.recorded?.(each);
          for (const event of eventsOf(each, () => next.take(1))) this.#publish(events, event);
          for (const plan of this.#deps.owed?.(each) ?? []) {
            for (const row of plan.due) owed.push(storeWriter.owe(dueRow(row, next.take(1))));
            for (const row of plan.over.flatMap((mark) => storeWriter.deliveries.mark(mark) ?? [])) {
              over.push(row);
              this.#publish(events, deliveryChanged(row, storeWriter.epoch, next.take(1), observation.receivedAt));
            }
          }
          steps.decide += (decidedAt - startedAt) / 1000;
          steps.record += (elapsed() - decidedAt) / 1000;
        }
        storeWriter.writeCells(overlay);
      });
      storeWriter.state.apply(overlay);
      return recorded;
    });
  }

  /** Its place in the order, and whether its content is known: only here, for the group's own files count too. */
  #sequence(submission: Observed, seq: number): Observation {
    const { observation: unsequenced, file } = submission;
    const rules = this.#answers.of(submission);
    if (unsequenced.kind === "scan") return rules ? { ...unsequenced, seq, rules } : { ...unsequenced, seq };
    if (unsequenced.kind !== "report") return { ...unsequenced, seq };
    const known = file ? this.#knowsContent(unsequenced, file.digest) : unsequenced.known;
    return { ...unsequenced, seq, known, ...(rules && { rules }) } satisfies ReportObserved;
  }

  /** Bytes that carry no time may be about another moment: of signals their identity decides, of anything else a day. */
  #knowsContent(
    { source, file, receivedAt, signals, opportunities }: Unsequenced<ReportObserved>,
    digest: string,
  ): boolean {
    const { storeWriter } = this.#deps;
    if (signals.some(({ datedBy }) => datedBy === "mtime")) return false;
    if (opportunities.some(({ datedBy }) => datedBy === "mtime"))
      return storeWriter.knowsUndated(source, file, digest, receivedAt - sameIdentityWithinMs);
    return storeWriter.knowsContent(source, file, digest);
  }

  #publish(events: Event[], event: Event): void {
    this.#deps.storeWriter.writeEvent({ ...event, frame: event.frame.text });
    events.push(event);
  }

  #guarded(work: (news: OpenCommit) => Recorded[]): Taken {
    // Only a probe finds out whether it takes anything again.
    if (this.#fault !== null) return "refused";
    const { elapsed, committed } = this.#deps;
    const news: OpenCommit = { events: [], owed: [], over: [], steps: { decide: 0, record: 0 } };
    const startedAt = elapsed();
    let recorded: Recorded[];
    try {
      recorded = work(news);
    } catch (error) {
      return this.#fail(error);
    }
    this.#lockedSince = null;
    committed({ ...news, recorded, seconds: (elapsed() - startedAt) / 1000 });
    return "stored";
  }

  /** A fault of the store is said and survived; anything else is a bug and goes on up. */
  #fail(error: unknown): Taken {
    const fault = storeFaultOf(error);
    if (fault === null) throw error;
    if (fault === "locked" && this.#fault === null) {
      const at = this.#deps.elapsed();
      this.#lockedSince ??= at;
      if (at - this.#lockedSince < lockedForMs) return "locked";
    }
    this.#setFault(fault, error);
    return "refused";
  }

  #setFault(fault: StoreFault | null, error: unknown): void {
    if (fault === this.#fault || this.#fault === "corrupt") return;
    this.#fault = fault;
    this.#deps.faulted(fault, error);
  }
}
