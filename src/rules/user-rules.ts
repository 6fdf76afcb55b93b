import { ConfigError, type Config } from "../config";
import type { RuleAnswers } from "../core/decide/rules/rule-answer";
import { ruleMayTakeMs } from "../core/decide/rules/user-rule";
import type { Settings } from "../core/settings";
import { formatDuration } from "../core/text";
import type { RuleInput } from "./rule-input";
import { growingPause, type Pause } from "./growing-pause";
import type { Round, RoundWord, ShownObservations } from "./protocol";
import { RuleThread } from "./rule-thread";
import { RoundAnswers } from "./round-answers";

/** What becomes of what is learned about rules besides their answers. */
export interface RuleEvents {
  readonly took: (rule: string, seconds: number) => void;
  readonly slow: (rule: string, tookMs: number) => void;
  readonly unhandled: (rule: string | null, what: string) => void;
  /** None could be run, though no rule by itself was at fault. */
  readonly troubled: (why: string) => void;
}

/** How a rule stands: run, or set aside for a while and why. */
export interface RuleStatus {
  readonly name: string;
  readonly setAside: { readonly forMs: number; readonly why: string } | null;
}

/** Where rules stand, and their names. */
interface RulesFile {
  readonly path: string | null;
  readonly names: readonly string[];
}

/** Of one rule for everything it is shown at once, ms. */
export const answerWithinMs = 1000;
const upWithinMs = 5000;
/** Of reports handed over at once. */
const roundBytesMax = 4 * 1024 * 1024;
const roundObservationsMax = 100;

/**
 * The user's rules on a worker of their own. Whatever they do there, running them returns: a rule that does not answer in time
 * is ended with its worker and set aside, the others are run again by a new one. Without rules there is no worker.
 */
export class UserRules implements Disposable {
  #file: RulesFile = { path: null, names: [] };
  #thread: RuleThread | null = null;
  /** Set aside, each with its pause, by name. */
  readonly #aside = new Map<string, Pause & { readonly why: string }>();
  /** Since the worker could not be used though no rule was at fault. */
  #trouble: Pause | null = null;
  readonly #slowestLogged = new Map<string, number>();

  constructor(
    /** Monotonic, ms. */
    private readonly elapsed: () => number,
    private readonly events: Partial<RuleEvents> = {},
  ) {}

  get names(): readonly string[] {
    return this.#file.names;
  }

  /** How each rule stands, and why none can be run, if so. */
  get status(): { readonly rules: readonly RuleStatus[]; readonly trouble: string | null } {
    const now = this.elapsed();
    const rules = this.#file.names.map((name) => {
      const aside = this.#aside.get(name);
      return { name, setAside: aside && aside.until > now ? { forMs: aside.until - now, why: aside.why } : null };
    });
    return { rules, trouble: this.#isTroubled ? "their worker does not run" : null };
  }

  /** Has a worker load the file; the rules of before answer until `take` is called. Throws ConfigError where it cannot. */
  async prepare(config: Pick<Config, "path" | "file">): Promise<{ take(): void; drop(): void }> {
    const file: RulesFile = { path: config.path, names: (config.file.rules ?? []).map(({ name }) => name) };
    const thread = file.path === null || file.names.length === 0 ? null : this.#begin(file.path);
    const start = await thread?.started;
    const why = start === undefined ? null : start.type === "failed" ? start.message : differs(file.names, start.rules);
    if (why !== null) {
      thread?.[Symbol.dispose]();
      throw new ConfigError(`config: ${file.path}: its rules cannot be run: ${why}`);
    }
    return {
      take: () => {
        this.#thread?.[Symbol.dispose]();
        this.#thread = thread;
        this.#file = file;
        this.#aside.clear();
        this.#slowestLogged.clear();
        this.#trouble = null;
      },
      drop: () => thread?.[Symbol.dispose](),
    };
  }

  /** What the rules say of each observation, in order; undefined where there are no rules. Never throws, never waits long. */
  run(inputs: readonly RuleInput[], settings: Settings): (RuleAnswers | undefined)[] {
    if (this.#file.names.length === 0) return inputs.map(() => undefined);
    return roundsOf(inputs).flatMap((round) => this.#runRound(round, settings));
  }

  [Symbol.dispose](): void {
    this.#thread?.[Symbol.dispose]();
    this.#thread = null;
  }

  get #isTroubled(): boolean {
    return this.#trouble !== null && this.#trouble.times > 1 && this.#trouble.until > this.elapsed();
  }

  #begin(path: string): RuleThread {
    return new RuleThread(path, {
      elapsed: this.elapsed,
      unhandled: (rule, what) => this.events.unhandled?.(rule, what),
    });
  }

  #runRound(inputs: readonly RuleInput[], settings: Settings): RuleAnswers[] {
    const answers = new RoundAnswers(inputs.length);
    const { sources, defaults, priorities } = settings;
    const shown: ShownObservations = {
      settings: { sources, defaults, priorities },
      observations: inputs.map(({ observation }) => observation),
    };
    const round = {
      shown: JSON.stringify(shown),
      reports: inputs.map(({ report }) => report),
      withinMs: answerWithinMs,
    };
    let left = this.#file.names.filter((name) => (this.#aside.get(name)?.until ?? 0) <= this.elapsed());
    while (left.length > 0) {
      const thread = this.#running();
      if (thread === null) {
        for (const rule of left)
          answers.fault(rule, {
            kind: "not-asked",
            message: "it could not be run: the worker of the rules does not run",
          });
        break;
      }
      left = this.#runThread(thread, { ...round, rules: left }, answers);
    }
    return answers.all(this.#file.names);
  }

  /** Answers the rules that are left to run: those after one that did not come back. */
  #runThread(thread: RuleThread, round: Round, answers: RoundAnswers): string[] {
    const end = thread.run(round, (word) => this.#handle(word, answers));
    if (!end.hung) return [];
    thread[Symbol.dispose]();
    this.#thread = null;
    if (end.at === null) {
      this.#trouble = growingPause(this.#trouble, this.elapsed());
      this.events.troubled?.(
        "the worker of the rules stopped answering outside of any rule: a timer or promise of one of them does not end",
      );
      return answers.unreached(round.rules);
    }
    const rule = round.rules[end.at.rule] ?? "";
    const pause = this.#setAside(rule, "it did not answer in time");
    answers.answer(
      {
        rule,
        item: end.at.item,
        fault: { kind: "no-answer", message: `it did not answer within ${answerWithinMs / 1000} s${untilWhen(pause)}` },
      },
      end.at.observation,
    );
    answers.reached(rule, end.at.observation + 1);
    return round.rules.slice(end.at.rule + 1);
  }

  #handle(word: RoundWord, answers: RoundAnswers): void {
    if (word.type === "asked") {
      answers.reached(word.rule, word.tookMs.length);
      for (const tookMs of word.tookMs) this.events.took?.(word.rule, tookMs / 1000);
      this.#noteSlow(word.rule, word.slowestMs);
      return;
    }
    const { type: _, observation, ...answer } = word;
    if (answer.fault?.kind !== "too-slow") return answers.answer(answer, observation);
    const pause = this.#setAside(answer.rule, "it took too long");
    answers.answer(
      { ...answer, fault: { ...answer.fault, message: answer.fault.message + untilWhen(pause) } },
      observation,
    );
  }

  /** Slow is said again only when it gets twice as slow. */
  #noteSlow(rule: string, tookMs: number): void {
    if (tookMs <= ruleMayTakeMs || tookMs <= 2 * (this.#slowestLogged.get(rule) ?? 0)) return;
    this.#slowestLogged.set(rule, tookMs);
    this.events.slow?.(rule, Math.round(tookMs));
  }

  #setAside(rule: string, why: string): Pause {
    const pause = growingPause(this.#aside.get(rule) ?? null, this.elapsed());
    this.#aside.set(rule, { ...pause, why });
    return pause;
  }

  /** The worker, begun anew where the last one had to be ended; null while that is not tried again. */
  #running(): RuleThread | null {
    if (this.#thread) return this.#thread;
    const { path } = this.#file;
    // The first time at once: what came in waits for it.
    if (path === null || this.#isTroubled) return null;
    const thread = this.#begin(path);
    if (thread.waitUntilUp(upWithinMs)) {
      this.#thread = thread;
      return thread;
    }
    thread[Symbol.dispose]();
    this.#trouble = growingPause(this.#trouble, this.elapsed());
    this.events.troubled?.("the worker of the rules cannot be started again");
    return null;
  }
}

/** In parts that are no burden to hand over. */
function roundsOf(inputs: readonly RuleInput[]): RuleInput[][] {
  const rounds: RuleInput[][] = [];
  let bytes = 0;
  for (const input of inputs) {
    const round = rounds.at(-1);
    bytes += input.report?.byteLength ?? 0;
    if (round && round.length < roundObservationsMax && bytes <= roundBytesMax) round.push(input);
    else {
      rounds.push([input]);
      bytes = input.report?.byteLength ?? 0;
    }
  }
  return rounds;
}

function untilWhen({ pauseMs }: Pause): string {
  return `; it is run again in ${formatDuration(pauseMs)}, or once the config changes`;
}

function differs(known: readonly string[], loaded: readonly string[]): string | null {
  if (known.join("\n") === loaded.join("\n")) return null;
  return `a file it imports has other rules now (${loaded.join(", ") || "none"} instead of ${known.join(", ")}); restart to take them over`;
}
