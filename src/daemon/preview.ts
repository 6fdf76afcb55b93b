import { settingsOf } from "../config/effective";
import type { Alert } from "../core/alert";
import { decide } from "../core/decide/decide";
import { isGate, type Decided } from "../core/decide/decision";
import type { Observation } from "../core/observation";
import type { Settings } from "../core/settings";
import { MemoryState } from "../core/decide/state";
import { mergePatches, type TunablesPatch } from "../core/tunables";
import { ruleInputOf } from "../rules/rule-input";
import { answerWithinMs, UserRules } from "../rules/user-rules";
import { ConfigError } from "../config";
import type { SettingsService } from "../settings";
import { observedBeyond, originalReports, storedObservations } from "../store/observed";
import type { Database } from "../store/db";
import type { Preview, WouldHave } from "../views/preview";
import { isoOf } from "../views/shape";

const windowMs = 7 * 86_400_000;
/** Shown before the days that count, so that cooldowns from before them hold; none is longer. */
const runUpMs = 86_400_000;
const turnMs = 8;
/** More would keep a person waiting for longer than the answer is worth. */
const observationsMax = 100_000;
const namedMax = 20;
const rulesBatch = 100;

/** Shows the last 7 days to the same code that decides live, under what holds now and under the change side by side. */
export async function previewChange(
  database: Database,
  settings: SettingsService,
  patch: TunablesPatch,
  now: number,
): Promise<Preview> {
  const { file, readSources } = settings.config;
  const current = new Side(settingsOf(file, settings.runtime, readSources));
  const proposed = new Side(settingsOf(file, mergePatches(settings.runtime, patch), readSources));
  const { since, complete } = stretchOf(database, now);
  const differences = { lost: new Difference(), gained: new Difference() };
  let observations = 0;
  let turnBegan = performance.now();
  using rules = new RulesAgain(await rulesOf(settings), database);
  for (const part of partsOf(storedObservations(database, { receivedSince: since - runUpMs }), now)) {
    const [asCurrent, asProposed] = [rules.answer(part, current.settings), rules.answer(part, proposed.settings)];
    for (const [index, observation] of part.entries()) {
      const counts = observation.receivedAt >= since;
      const [before, after] = [
        current.show(asCurrent[index] ?? observation, counts),
        proposed.show(asProposed[index] ?? observation, counts),
      ];
      if (counts) {
        observations++;
        differences.lost.note(before, after);
        differences.gained.note(after, before);
      }
      if (performance.now() - turnBegan < turnMs) continue;
      await Bun.sleep(0);
      turnBegan = performance.now();
    }
  }
  const { would } = current;
  return {
    since: isoOf(since),
    until: isoOf(now),
    observations,
    complete,
    rules: rules.summary,
    current: would,
    proposed: proposed.would,
    lost: differences.lost.summary(),
    gained: differences.gained.summary(),
  };
}

/** The rules of the config on a worker of the preview's own; the reason where they cannot be asked. */
async function rulesOf({ config }: SettingsService): Promise<UserRules | string> {
  // How long they take here, and what they leave behind, is nobody's news.
  const rules = new UserRules(() => performance.now());
  try {
    (await rules.prepare(config)).take();
    return rules;
  } catch (error) {
    rules[Symbol.dispose]();
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/** Up to `now`, so many at a time as rules are asked about at once. */
function* partsOf(observations: Iterable<Observation>, now: number): Iterable<Observation[]> {
  let part: Observation[] = [];
  for (const observation of observations) {
    if (observation.receivedAt > now) break;
    part.push(observation);
    if (part.length < rulesBatch) continue;
    yield part;
    part = [];
  }
  yield part;
}

/** The user's rules asked once more: other settings may have them answer otherwise than they did. Where they cannot be asked, what they said then holds. */
class RulesAgain implements Disposable {
  readonly #original: (seq: number) => Uint8Array | null;
  readonly #answered = new Set<string>();
  #faults = 0;

  constructor(
    private readonly rules: UserRules | string,
    database: Database,
  ) {
    this.#original = originalReports(database);
  }

  get summary(): Preview["rules"] {
    if (typeof this.rules === "string")
      return { asked: [], within_seconds: answerWithinMs / 1000, faults: 0, trouble: this.rules };
    return this.rules.names.length === 0
      ? null
      : {
          asked: [...this.#answered],
          within_seconds: answerWithinMs / 1000,
          faults: this.#faults,
          trouble: this.rules.status.trouble,
        };
  }

  answer(part: readonly Observation[], settings: Settings): readonly Observation[] {
    const { rules } = this;
    if (typeof rules === "string") return part;
    const inputs = part.map((observation) =>
      rules.names.length === 0 ? null : ruleInputOf(observation, this.#original(observation.seq)),
    );
    const answers = rules
      .run(
        inputs.filter((input) => input !== null),
        settings,
      )
      .values();
    return part.map((observation, index) => {
      if (observation.kind !== "report" && observation.kind !== "scan") return observation;
      const answered = inputs[index] ? answers.next().value : undefined;
      for (const name of answered?.asked ?? []) this.#answered.add(name);
      this.#faults += answered?.answers.filter(({ fault }) => fault).length ?? 0;
      return { ...observation, rules: answered };
    });
  }

  [Symbol.dispose](): void {
    if (typeof this.rules !== "string") this.rules[Symbol.dispose]();
  }
}

/** From when on: 7 days, or as far back as so many observations reach. */
function stretchOf(database: Database, now: number): { since: number; complete: boolean } {
  const since = now - windowMs;
  const beyond = observedBeyond(database, since, observationsMax);
  return beyond === null ? { since, complete: true } : { since: beyond + 1, complete: false };
}

/** One set of settings, and what becomes of everything under it. */
class Side {
  readonly #state = new MemoryState();
  readonly #words: Record<string, number> = {};
  readonly #priorities: Record<string, number> = { high: 0, medium: 0, low: 0 };
  #alerts = 0;
  #heldBack = 0;

  constructor(readonly settings: Settings) {}

  get would(): WouldHave {
    return { alerts: this.#alerts, held_back: this.#heldBack, by_priority: this.#priorities, by_word: this.#words };
  }

  /** Answers what was raised. */
  show(observation: Observation, counts: boolean): readonly Alert[] {
    const raised = [...this.#passTime(observation), observation].flatMap((each) => {
      const decided = decide(this.#state, each, this.settings, each.receivedAt);
      this.#state.apply(decided.state);
      if (counts) this.#count(decided);
      return decided.raised;
    });
    return raised;
  }

  /** Cap windows end by themselves, also those that only overflow under these settings: of ticks, only what changed something then was kept. */
  #passTime({ seq, receivedAt }: Observation): Observation[] {
    const ends = new Set<number>();
    for (const [, window] of this.#state.entries("cap"))
      if (window.overflow > 0 && window.endsAt < receivedAt) ends.add(window.endsAt);
    return [...ends].toSorted((a, b) => a - b).map((endsAt) => ({ kind: "tick", seq, receivedAt: endsAt }));
  }

  #count({ raised, decisions }: Decided): void {
    this.#alerts += raised.length;
    for (const { priority } of raised) this.#priorities[priority] = (this.#priorities[priority] ?? 0) + 1;
    for (const { word } of decisions) {
      this.#words[word] = (this.#words[word] ?? 0) + 1;
      if (isGate(word)) this.#heldBack++;
    }
  }
}

/** Alerts of one side that the other did not raise at the same moment. */
class Difference {
  #count = 0;
  readonly #newest: Alert[] = [];

  note(ours: readonly Alert[], theirs: readonly Alert[]): void {
    for (const alert of ours) {
      if (theirs.some(({ fingerprint }) => fingerprint === alert.fingerprint)) continue;
      this.#count++;
      this.#newest.push(alert);
      if (this.#newest.length > namedMax) this.#newest.shift();
    }
  }

  summary(): Preview["lost"] {
    return {
      count: this.#count,
      items: this.#newest.toReversed().map(({ raisedAt, type, priority, symbol, message }) => ({
        timestamp: isoOf(raisedAt),
        type,
        priority,
        symbol,
        message,
      })),
    };
  }
}
