import { AsyncLocalStorage } from "node:async_hooks";
import { ExchangeError } from "../exchange-error";
import { retryAfterMs } from "./retry-after";

/** What ccxt hands to a fetch it was given. */
interface Request {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** What ccxt asks of an answer. */
interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  text(): Promise<string>;
}

/** Statuses by which an exchange turns away whoever asks, whatever was asked: banned addresses and countries. */
const refusals = new Set([403, 451]);

/**
 * The way ccxt's requests take. ccxt knows no signals, does not time an answer's body and forgets Retry-After:
 * here a request ends with the signal of the call it belongs to, body and all within the timeout,
 * and nothing is asked while the exchange wants to be left alone.
 */
export class Transport {
  readonly #timeoutMs: number;
  readonly #elapsed: () => number;
  readonly #calls = new AsyncLocalStorage<AbortSignal>();
  #pausedUntil = 0;

  /** `elapsed`: monotonic, ms. */
  constructor(timeoutMs: number, elapsed: () => number) {
    this.#timeoutMs = timeoutMs;
    this.#elapsed = elapsed;
  }

  /** Requests made within `work` end with the signal; so does the wait for it. */
  async within<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    this.#refuseWhilePaused();
    return endingWith(signal, this.#calls.run(signal, work));
  }

  /** Work that several calls wait for: it outlives each of them. */
  shared<T>(work: () => Promise<T>): Promise<T> {
    return this.#calls.exit(work);
  }

  readonly fetch = async (url: string, request: Request): Promise<Answer> => {
    const call = this.#calls.getStore();
    // It may have waited long for its turn.
    call?.throwIfAborted();
    this.#refuseWhilePaused();
    const limits = [request.signal, AbortSignal.timeout(this.#timeoutMs), ...(call === undefined ? [] : [call])];
    const response = await fetch(url, { method: request.method, headers: request.headers, body: request.body ?? null, redirect: "error", signal: AbortSignal.any(limits) });
    const body = await response.text();
    this.#heed(response);
    return { status: response.status, statusText: response.statusText, headers: response.headers, text: () => Promise.resolve(body) };
  };

  #heed({ status, headers }: Response): void {
    if (status === 429 || status === 418) {
      const waitMs = retryAfterMs(headers);
      if (waitMs !== null) this.#pausedUntil = Math.max(this.#pausedUntil, this.#elapsed() + waitMs);
      throw new ExchangeError("rate-limited", `It answered ${status}: too many requests.`, { retryAfterMs: waitMs });
    }
    if (status >= 500 || refusals.has(status)) throw new ExchangeError("unavailable", `It answered ${status}.`, { retryAfterMs: retryAfterMs(headers) });
  }

  #refuseWhilePaused(): void {
    const waitMs = this.#pausedUntil - this.#elapsed();
    if (waitMs > 0) throw new ExchangeError("rate-limited", "It asked for a pause, which is not over.", { retryAfterMs: Math.ceil(waitMs) });
  }
}

function endingWith<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  return promise;
}
