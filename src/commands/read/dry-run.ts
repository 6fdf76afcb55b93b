import type { Source } from "../../config/effective";
import { decide } from "../../core/decide/decide";
import type { Decision } from "../../core/decide/decision";
import { seqsTakenBy, type ReportObserved } from "../../core/observation";
import type { Reading } from "../../core/reading";
import type { Settings } from "../../core/settings";
import type { RuleAnswers } from "../../core/decide/rules/rule-answer";
import { StateOverlay, type State } from "../../core/decide/state";
import { digestOf } from "../../ingest/report-file";
import { ruleInputOf } from "../../rules/rule-input";
import type { UserRules } from "../../rules/user-rules";
import type { FoundReport } from "./find-report";

/** What one report says and what would be decided of it. */
export interface DryReading {
  readonly report: FoundReport;
  readonly source: Source;
  readonly reading: Reading;
  /** The very bytes were read from this path before. */
  readonly known: boolean;
  /** What the user's rules said, asked now; null where there are none, or nothing to ask them about. */
  readonly rules: RuleAnswers | null;
  readonly decisions: readonly (Decision & { readonly symbol: string | null })[];
}

/** The desk's decisions without its pen: nothing is stored, but each report is seen by those after it. */
export class DryRun {
  readonly #overlay: StateOverlay;
  readonly #settings: Settings;
  readonly #digestOf: (path: string) => string | undefined;
  readonly #rules: UserRules;
  #seq: number;

  constructor(deps: {
    readonly rules: UserRules;
    readonly state: State;
    readonly settings: Settings;
    readonly firstSeq: number;
    readonly digestOf: (path: string) => string | undefined;
  }) {
    this.#overlay = new StateOverlay(deps.state);
    this.#settings = deps.settings;
    this.#digestOf = deps.digestOf;
    this.#rules = deps.rules;
    this.#seq = deps.firstSeq;
  }

  read(report: FoundReport, source: Source, now: number): DryReading {
    const { reading, modifiedAt } = report.file;
    const { signals, opportunities, market, refusals } = reading;
    const known = this.#digestOf(report.path) === digestOf(report.file);
    const unanswered: ReportObserved = {
      kind: "report",
      seq: this.#seq,
      receivedAt: now,
      source: source.name,
      file: report.path,
      modifiedAt,
      backlog: false,
      known,
      signals,
      opportunities,
      market,
      refusals,
    };
    const input = ruleInputOf(unanswered, report.file.bytes);
    const [rules] = input ? this.#rules.run([input], this.#settings) : [];
    const observation = { ...unanswered, rules };
    const outcome = decide(this.#overlay, observation, this.#settings, now);
    this.#overlay.absorb(outcome.state);
    this.#seq += seqsTakenBy(observation) + outcome.raised.length;
    return { report, source, reading, known, rules: rules ?? null, decisions: outcome.decisions };
  }
}
