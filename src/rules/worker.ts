import { minuteMs } from "../core/duration";
import { AsyncLocalStorage } from "node:async_hooks";
import { workerData } from "node:worker_threads";
import { drainMicrotasks } from "bun:jsc";
import { readRules } from "../config/file";
import { priorityOf } from "../core/alert";
import { endsRule } from "../core/decide/rules/rule-answer";
import { LogInterval } from "../core/log-interval";
import { settingsFor, type RuleObservation, type UserRule } from "../core/settings";
import { describeError, frozen, judgeItem } from "./judge";
import {
  noRule,
  partsOf,
  shared,
  startStates,
  type Begin,
  type Round,
  type RoundWord,
  type ShownObservations,
  type WorkerWord,
} from "./protocol";
import { shownItems } from "./shown-items";

/** The thread user rules run on: it loads the config itself, and may be ended at any moment. */

const encoder = new TextEncoder();
/** A timer that throws a thousand times a second is said once a minute. */
const repeatAfterMs = minuteMs;
/** Whose timers and promises they are. */
const running = new AsyncLocalStorage<string>();
let current: string | null = null;

// Whoever ends the process from in here would end it for everybody.
for (const name of ["exit", "reallyExit", "abort", "kill"] as const) {
  Object.defineProperty(process, name, {
    value: () => {
      throw new Error(`process.${name} is not for a rule`);
    },
  });
}

void begin(workerData as Begin);

async function begin({ path, memory, rounds, words }: Begin): Promise<void> {
  const { places, words: room } = partsOf(memory);
  const send = (word: WorkerWord) => words.postMessage(word, []);
  const step = () => {
    Atomics.add(places, shared.step, 1);
    Atomics.notify(places, shared.step);
  };
  let only: string | null = null;
  const unhandled = reportingUnhandled(send, () => running.getStore() ?? current ?? only);
  process.on("uncaughtException", unhandled);
  process.on("unhandledRejection", unhandled);
  try {
    const rules = await readRules(path);
    only = rules.length === 1 ? (rules[0]?.name ?? null) : null;
    rounds.on("message", (round: Round) =>
      runAll(rules, round, { places, step, send: writerOf(places, room, step), unhandled }),
    );
    Atomics.store(places, shared.start, startStates.ready);
    send({ type: "ready", rules: rules.map(({ name }) => name) });
  } catch (error) {
    Atomics.store(places, shared.start, startStates.failed);
    send({ type: "failed", message: describeError(error) });
  }
  step();
}

/** Writes words where the other side reads them once it is woken; waits for it to read where there is no room left. */
function writerOf(places: Int32Array, room: Uint8Array, step: () => void): RuleRun["send"] {
  return (word) => {
    const line = encoder.encode(`${JSON.stringify(word)}\n`);
    if (Atomics.load(places, shared.written) + line.byteLength > room.byteLength) {
      Atomics.store(places, shared.full, 1);
      step();
      Atomics.wait(places, shared.full, 1);
    }
    const written = Atomics.load(places, shared.written);
    room.set(line, written);
    Atomics.store(places, shared.written, written + line.byteLength);
  };
}

function reportingUnhandled(send: (word: WorkerWord) => void, whose: () => string | null): (error: unknown) => void {
  const interval = new LogInterval<string | null>(repeatAfterMs);
  return (error) => {
    const rule = whose();
    if (interval.may(rule, performance.now())) send({ type: "unhandled", rule, what: describeError(error) });
  };
}

interface RuleRun {
  readonly places: Int32Array;
  readonly step: () => void;
  readonly send: (word: RoundWord) => void;
  readonly unhandled: (error: unknown) => void;
}

/** One rule after the other: where one does not come back, those before it have answered in full. */
function runAll(rules: readonly UserRule[], round: Round, run: RuleRun): void {
  const { settings, observations } = JSON.parse(round.shown) as ShownObservations;
  const shown = observations.map((observation, index) => ({
    items: shownItems(observation, round.reports[index] ?? null),
    context: {
      now: observation.receivedAt,
      settings: frozen(settingsFor(settings, observation.source)),
      priorityOf: (strength: number | null) => priorityOf(strength, settings.priorities),
    },
  }));
  for (const [place, name] of round.rules.entries()) {
    // Missing only where the file was changed and the worker begun anew before the change could be taken over.
    const rule = rules.find((each) => each.name === name) ?? missing(name);
    Atomics.store(run.places, shared.rule, place);
    current = name;
    running.run(name, () => runRule(rule, shown, round.withinMs, run));
    // What it left to do at once is done on its own time: an endless chain of promises is its doing.
    try {
      drainMicrotasks();
    } catch (error) {
      run.unhandled(error);
    }
    current = null;
    Atomics.store(run.places, shared.rule, noRule);
    Atomics.add(run.places, shared.done, 1);
    run.step();
  }
}

function missing(name: string): UserRule {
  return {
    name,
    judge: () => {
      throw new Error("it is no longer in the config file");
    },
  };
}

type Shown = { readonly items: readonly RuleObservation[]; readonly context: Parameters<typeof judgeItem>[2] };

function runRule(rule: UserRule, shown: readonly Shown[], withinMs: number, { places, send }: RuleRun): void {
  const tookMs: number[] = [];
  const startedAt = performance.now();
  let slowestMs = 0;
  let now = startedAt;
  for (const [observation, { items, context }] of shown.entries()) {
    Atomics.store(places, shared.observation, observation);
    const before = now;
    let over = false;
    for (const [item, each] of items.entries()) {
      Atomics.store(places, shared.item, item);
      const requestedAt = now;
      over = requestedAt - startedAt > withinMs;
      const answer = over ? tooSlow(withinMs) : judgeItem(rule, each, context);
      now = performance.now();
      slowestMs = Math.max(slowestMs, now - requestedAt);
      if (answer) send({ type: "answer", observation, rule: rule.name, item, ...answer });
      if (answer?.fault && endsRule(answer.fault)) break;
    }
    tookMs.push(now - before);
    if (over) break;
  }
  send({ type: "asked", rule: rule.name, tookMs, slowestMs });
}

function tooSlow(withinMs: number) {
  return {
    fault: { kind: "too-slow" as const, message: `it took over ${withinMs / 1000} s for what came in at once` },
  };
}
