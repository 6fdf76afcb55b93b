import type { Download, DownloadPart } from "../api/export";
import { Problem } from "../api/problems";
import { ReadFault } from "../store/fault";
import type { StoreFault } from "../core/store-fault";
import type { AnswerOf, FilterOf, QueryName } from "../views/queries";

export interface WorkerQuery {
  readonly name: QueryName;
  readonly query: object;
  /** As a part of a download, not as a list. */
  readonly download?: Download | undefined;
}

export type WorkerResult =
  | { readonly answer: unknown }
  | { readonly fault: StoreFault | null; readonly message: string };

/** A person waits for a list; a part of a download may take its time. */
const usualBudgets = { listMs: 5000, downloadPartMs: 60_000 };
const threadsMax = 2;

interface Waiting {
  readonly query: WorkerQuery;
  readonly settle: (answer: WorkerResult) => void;
  readonly fail: (error: Error) => void;
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface Thread {
  readonly worker: QueryWorker;
  busyWith: Waiting | null;
  /** Asked to end; it goes on, and counts, until its statement has ended. */
  ended: boolean;
}

/** What of a Worker is needed here. */
export type QueryWorker = Pick<Worker, "addEventListener" | "postMessage" | "terminate">;

/**
 * Looks at more than the newest rows, on threads of their own, so that the loop is never held by one: made when first needed,
 * each with a read-only connection, one question at a time. What takes too long is given up and its thread ended; while
 * every thread is still ending, a question
 * is refused at once.
 */
export class QueryThreads implements Disposable {
  readonly #threads = new Set<Thread>();
  readonly #waiting: Waiting[] = [];

  constructor(
    private readonly data: string,
    private readonly budgets: typeof usualBudgets = usualBudgets,
    private readonly beginWorker: (data: string) => QueryWorker = workerOf,
  ) {}

  /** Throws Problem `too-slow` or `looks-taken`, or ReadFault where the database does not answer. */
  async run<N extends QueryName>(name: N, query: FilterOf<N>): Promise<AnswerOf<N>> {
    return (await this.#answer({ name, query }, this.budgets.listMs)) as AnswerOf<N>;
  }

  /** The next rows of a download as text, ready to be sent. Throws as `ask` does. */
  async download(name: QueryName, query: object, download: Download): Promise<DownloadPart> {
    return (await this.#answer({ name, query, download }, this.budgets.downloadPartMs)) as DownloadPart;
  }

  /** Whether somebody waits for an answer. */
  get isLooking(): boolean {
    return this.#waiting.length > 0 || [...this.#threads].some(({ busyWith }) => busyWith !== null);
  }

  [Symbol.dispose](): void {
    for (const thread of this.#threads) this.#end(thread);
    this.#refuseWaiting("too-slow");
  }

  async #answer(query: WorkerQuery, withinMs: number): Promise<unknown> {
    const answer = await new Promise<WorkerResult>((settle, fail) => {
      const waiting: Waiting = { query, settle, fail, timer: undefined };
      waiting.timer = setTimeout(() => this.#giveUp(waiting), withinMs);
      this.#waiting.push(waiting);
      this.#handOut();
    });
    if ("answer" in answer) return answer.answer;
    throw answer.fault === null ? new Error(answer.message) : new ReadFault(answer.fault);
  }

  #handOut(): void {
    const ending = [...this.#threads].filter(({ ended }) => ended).length;
    if (ending >= threadsMax) this.#refuseWaiting("looks-taken");
    while (this.#waiting.length > 0) {
      const thread = [...this.#threads].find(({ busyWith, ended }) => busyWith === null && !ended) ?? this.#begin();
      const next = thread && this.#waiting.shift();
      if (!thread || !next) return;
      thread.busyWith = next;
      thread.worker.postMessage(next.query);
    }
  }

  #begin(): Thread | null {
    if (this.#threads.size >= threadsMax) return null;
    const thread: Thread = { worker: this.beginWorker(this.data), busyWith: null, ended: false };
    thread.worker.addEventListener("message", ({ data }: MessageEvent<WorkerResult>) => {
      this.#free(thread)?.settle(data);
      this.#handOut();
    });
    // It closes after that.
    thread.worker.addEventListener("error", ({ message }) => {
      thread.ended = true;
      this.#free(thread)?.fail(new Error(`a far look failed: ${message}`));
      this.#handOut();
    });
    thread.worker.addEventListener("close", () => {
      this.#threads.delete(thread);
      this.#free(thread)?.fail(new Error("a far look's thread ended by itself"));
      this.#handOut();
    });
    this.#threads.add(thread);
    return thread;
  }

  /** SQLite is not interrupted: the thread goes when its statement has ended, and nothing waits for it. */
  #giveUp(waiting: Waiting): void {
    const place = this.#waiting.indexOf(waiting);
    if (place >= 0) this.#waiting.splice(place, 1);
    const thread = [...this.#threads].find(({ busyWith }) => busyWith === waiting);
    if (thread) this.#end(thread);
    else waiting.fail(new Problem("too-slow"));
    this.#handOut();
  }

  #end(thread: Thread): void {
    thread.ended = true;
    this.#free(thread)?.fail(new Problem("too-slow"));
    thread.worker.terminate();
  }

  #refuseWaiting(code: "too-slow" | "looks-taken"): void {
    for (const waiting of this.#waiting.splice(0)) {
      clearTimeout(waiting.timer);
      waiting.fail(new Problem(code));
    }
  }

  #free(thread: Thread): Waiting | null {
    const { busyWith } = thread;
    thread.busyWith = null;
    clearTimeout(busyWith?.timer);
    return busyWith;
  }
}

function workerOf(data: string): QueryWorker {
  return new Worker(new URL("./query-worker.ts", import.meta.url).href, {
    smol: true,
    ref: false,
    env: { ...process.env, VIRTUOSO_FAR_LOOK_DATA: data } as Record<string, string>,
  });
}
