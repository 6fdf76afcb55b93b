import { MessageChannel, Worker, type MessagePort } from "node:worker_threads";
import { describeError } from "./judge";
import {
  noRule,
  partsOf,
  roundWordSchema,
  shared,
  sharedBytes,
  startStates,
  workerWordSchema,
  type Begin,
  type Round,
  type RoundWord,
  type WorkerWord,
} from "./protocol";

/** How a round ended: every rule came back, or the one at this place did not; a null place: it hung outside of any rule. */
export type RoundEnd =
  | { readonly hung: false }
  | {
      readonly hung: true;
      readonly at: { readonly rule: number; readonly observation: number; readonly item: number } | null;
    };

/** What became of the start. */
export type Start = Exclude<WorkerWord, { type: "unhandled" }>;

const decoder = new TextDecoder();
const sliceMs = 50;
/** Between the limit a rule is given and the one enforced: the worker ends a slow one by itself. */
const graceMs = 500;

/** One worker that has loaded the config. Run synchronously; one that does not come back is ended by its owner. */
export class RuleThread implements Disposable {
  readonly #worker: Worker;
  readonly #places: Int32Array;
  readonly #room: Uint8Array;
  readonly #rounds: MessagePort;
  readonly #words: MessagePort;
  readonly #started = Promise.withResolvers<Start>();

  constructor(
    path: string,
    private readonly deps: {
      readonly elapsed: () => number;
      readonly unhandled: (rule: string | null, what: string) => void;
    },
  ) {
    const memory = new SharedArrayBuffer(sharedBytes);
    const [rounds, words] = [new MessageChannel(), new MessageChannel()];
    ({ places: this.#places, words: this.#room } = partsOf(memory));
    this.#places[shared.rule] = noRule;
    this.#rounds = rounds.port1;
    this.#words = words.port1;
    this.#words.on("message", (word) => this.#handle(workerWordSchema.parse(word)));
    const workerData: Begin = { path, memory, rounds: rounds.port2, words: words.port2 };
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData,
      transferList: [rounds.port2, words.port2],
    });
    this.#worker.on("error", (error) => this.#started.resolve({ type: "failed", message: describeError(error) }));
    this.#worker.on("exit", () => this.#started.resolve({ type: "failed", message: "it ended while it was starting" }));
  }

  /** Resolves once it is up or cannot be. */
  get started(): Promise<Start> {
    return this.#started.promise;
  }

  /** Waits on the spot until it is up; false where it cannot be, or not within this time. */
  waitUntilUp(withinMs: number): boolean {
    return this.#moves(0, withinMs) && Atomics.load(this.#places, shared.start) === startStates.ready;
  }

  /** Shows every rule of the round every item, and hands on what they say. Returns when all came back, or one did not in time. */
  run(round: Round, handle: (word: RoundWord) => void): RoundEnd {
    Atomics.store(this.#places, shared.done, 0);
    let step = Atomics.load(this.#places, shared.step);
    this.#rounds.postMessage(round, []);
    while (Atomics.load(this.#places, shared.done) < round.rules.length) {
      if (!this.#moves(step, round.withinMs + graceMs)) {
        const at = this.#at();
        this.#read(handle);
        return { hung: true, at };
      }
      step = Atomics.load(this.#places, shared.step);
      if (Atomics.load(this.#places, shared.full) === 1) this.#makeRoom(handle);
    }
    this.#read(handle);
    return { hung: false };
  }

  [Symbol.dispose](): void {
    this.#rounds.close();
    this.#words.close();
    void this.#worker.terminate();
  }

  /** True once the step is no longer this one. */
  #moves(step: number, withinMs: number): boolean {
    let waitedMs = 0;
    while (waitedMs < withinMs) {
      const startedAt = this.deps.elapsed();
      if (Atomics.wait(this.#places, shared.step, step, sliceMs) !== "timed-out") return true;
      // A slice that took far longer was a whole process put to sleep: the rule had no time to answer.
      waitedMs += Math.min(this.deps.elapsed() - startedAt, 2 * sliceMs);
    }
    return false;
  }

  #at(): Extract<RoundEnd, { hung: true }>["at"] {
    const [rule, observation, item] = [shared.rule, shared.observation, shared.item].map((place) =>
      Atomics.load(this.#places, place),
    ) as [number, number, number];
    return rule === noRule ? null : { rule, observation, item };
  }

  #makeRoom(handle: (word: RoundWord) => void): void {
    this.#read(handle);
    Atomics.store(this.#places, shared.full, 0);
    Atomics.notify(this.#places, shared.full);
  }

  /** Read only while the worker waits, has come back or is about to be ended. */
  #read(handle: (word: RoundWord) => void): void {
    const text = decoder.decode(this.#room.slice(0, Atomics.load(this.#places, shared.written)));
    Atomics.store(this.#places, shared.written, 0);
    for (const line of text.split("\n")) if (line !== "") handle(roundWordSchema.parse(JSON.parse(line)));
  }

  #handle(word: WorkerWord): void {
    if (word.type === "unhandled") this.deps.unhandled(word.rule, word.what);
    else this.#started.resolve(word);
  }
}
