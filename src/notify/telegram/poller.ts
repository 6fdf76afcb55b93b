import { dayMs, minuteMs } from "../../core/duration";
import { createPost, type Post } from "../post";
import { callFor, type BotAddress, type Called } from "./bot";
import { pause } from "./pause";
import { readUpdates, type Update } from "./updates";

/** How long Telegram holds a poll open that has nothing to bring. */
const pollSeconds = 25;
/** A poll that is not answered by then never is. */
const timeoutMs = (pollSeconds + 10) * 1000;
const updatesAtOnce = 25;
/** A message may be of 4,096 characters, answer another one and be full of markup. */
const bytesMax = 4 * 2 ** 20;
const firstPauseMs = 1000;
const pauseMsMax = minuteMs;
/** After a week without one, updates are numbered anew from anywhere: an older place would hide what comes. */
const placeHoldsMs = 6 * dayMs;

/** Where the next poll goes on, and when the last update was taken, epoch ms. */
export interface Place {
  readonly next: number;
  readonly at: number;
}

export interface PollerDeps {
  readonly place: () => Place | null;
  /** Answers once what it asks for, and its place, are kept. Never throws. */
  readonly handle: (update: Update) => Promise<void>;
  /** Why nothing is read, for a person; null: it is. */
  readonly fared: (trouble: string | null) => void;
  readonly now: () => number;
  /** 0 to below 1. */
  readonly chance: () => number;
  /** How long a poll is waited for, ms, where it is not the usual time. */
  readonly timeoutMs?: number;
}

/** Reads what is written to one bot, by long polls: it needs no address of its own, and no open port. */
export class Poller implements AsyncDisposable {
  readonly #stopping = new AbortController();
  readonly #post: Post;
  #running: Promise<void> = Promise.resolve();
  #place: Place | null = null;
  #failures = 0;
  /** The last poll was answered. One that finds out whether the next ones are is answered at once. */
  #isProven = false;

  constructor(
    private readonly bot: BotAddress,
    private readonly deps: PollerDeps,
  ) {
    this.#post = createPost(this.#stopping.signal, { timeoutMs: deps.timeoutMs ?? timeoutMs, bytesMax });
  }

  start(): void {
    this.#place = this.deps.place();
    this.#running = this.#run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const called = await this.#poll();
      if (this.#stopped) return;
      const updates = "result" in called ? readUpdates(called.result) : null;
      if (updates === null) await this.#rest(called);
      else await this.#take(updates);
    }
  }

  #poll(): Promise<Called> {
    const offset = this.#offset();
    const asked = {
      timeout: this.#isProven ? pollSeconds : 0,
      limit: updatesAtOnce,
      allowed_updates: ["message", "callback_query"],
      ...(offset !== null && { offset }),
    };
    return callFor(this.bot, "getUpdates", asked, this.#post);
  }

  #offset(): number | null {
    return this.#place !== null && this.deps.now() - this.#place.at < placeHoldsMs ? this.#place.next : null;
  }

  async #take(updates: readonly Update[]): Promise<void> {
    this.#failures = 0;
    this.#isProven = true;
    this.deps.fared(null);
    const from = this.#offset();
    for (const update of updates) {
      if (this.#stopped) return;
      if (from === null || update.update_id >= from) await this.deps.handle(update);
      this.#place = { next: update.update_id + 1, at: this.deps.now() };
    }
  }

  async #rest(called: Called): Promise<void> {
    const { status, why, retryAfterMs } = "result" in called ? { status: 200, why: "", retryAfterMs: null } : called;
    this.deps.fared(troubleOf(status, why));
    const pauseMs = Math.min(firstPauseMs * 2 ** this.#failures, pauseMsMax);
    this.#failures++;
    this.#isProven = false;
    await pause(retryAfterMs ?? pauseMs * (0.5 + this.deps.chance() / 2), this.#stopping.signal);
  }
}

function troubleOf(status: number | null, why: string): string {
  if (status === 409)
    return /webhook/i.test(why)
      ? "its bot sends what is written to it to a webhook: delete that, or give the channel a bot of its own"
      : "another program reads what is written to its bot: only one may";
  if (status === 401 || status === 404) return "its token is refused";
  if (status === 200) return "what answers at its address is no Bot API server";
  return status === null ? `no answer (${why})` : `status ${status}`;
}
