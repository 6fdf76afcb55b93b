import { minuteMs } from "../../core/duration";
import { AsyncLocalStorage } from "node:async_hooks";
import { formatDuration } from "../../core/text";
import { timesIn, type ExchangeClock } from "../exchange-clock";
import { ExchangeError } from "../exchange-error";
import type { HostLimit, HostLimits } from "../limits/host-limits";
import type { PublishedLimit } from "../limits/published";
import { refusalOf } from "../limits/refusal";
import { crowdedForMs } from "../limits/request-budget";

/** What ccxt hands to a fetch it was given. */
interface Request {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** What ccxt needs of an answer. */
interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  text(): Promise<string>;
}

/** What a transport keeps to. */
export interface TransportDeps {
  readonly timeoutMs: number;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  readonly hosts: HostLimits;
  /** Null: ccxt keeps to a limit of its own, or there is none. */
  readonly limit: PublishedLimit | null;
  readonly clock: ExchangeClock;
}

/** No request waits longer than this for a turn within our share of the limit; ccxt's own patience is longer still. */
export const turnMsMax = minuteMs;

/**
 * The way ccxt's requests take. ccxt knows no signals, does not time an answer's body and forgets what an exchange says of its
 * limits: here a request ends with the signal of the call it belongs to, body and all within the timeout, goes out when our
 * share of the limit has room for it, and nothing is requested while the exchange wants to be left alone.
 */
export class Transport {
  readonly #calls = new AsyncLocalStorage<AbortSignal>();
  /** Of the last request: what a call can be refused by before it is made. */
  #host: HostLimit | null = null;

  constructor(private readonly deps: TransportDeps) {}

  /** Requests made within `work` end with the signal; so does the wait for it. */
  async within<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.#host !== null) this.#refuseWhileResting(this.#host);
    return endingWith(signal, this.#calls.run(signal, work));
  }

  /** Work that several calls wait for: it outlives each of them. */
  shared<T>(work: () => Promise<T>): Promise<T> {
    return this.#calls.exit(work);
  }

  readonly fetch = async (url: string, request: Request): Promise<Answer> => {
    const { now, elapsed, limit, hosts, timeoutMs } = this.deps;
    const call = this.#calls.getStore();
    const { origin, pathname, searchParams } = new URL(url);
    const host = (this.#host = hosts.of(origin));
    const waitMs = host.budget(limit, elapsed())?.take(limit?.weightOf(pathname, searchParams) ?? 0, elapsed()) ?? 0;
    if (waitMs > turnMsMax)
      throw new ExchangeError("rate-limited", `Our share of its limit is taken for ${formatDuration(waitMs)}.`, {
        retryAfterMs: Math.ceil(waitMs),
      });
    if (waitMs > 0) await Bun.sleep(waitMs);
    // It may have waited long for its turn.
    call?.throwIfAborted();
    this.#refuseWhileResting(host);
    const sentAt = now();
    const limits = [request.signal, AbortSignal.timeout(timeoutMs), ...(call === undefined ? [] : [call])];
    const { response, body } = await answered(url, request, AbortSignal.any(limits));
    this.#heed(host, response, body, sentAt);
    return {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      text: () => Promise.resolve(body),
    };
  };

  #heed({ rest }: HostLimit, { status, headers }: Response, body: string, sentAt: number): void {
    const { now, elapsed, clock, limit } = this.deps;
    const times = timesIn(body, headers);
    clock.observe({ ...times, sentAt, receivedAt: now(), elapsed: elapsed() });
    const exchangeNow = now() - (clock.aheadMs ?? 0);
    const refusal = refusalOf({ status, headers, body, now: exchangeNow });
    if (refusal !== null) {
      const restMs = rest.refused(refusal, elapsed());
      throw new ExchangeError(refusal.code, `${refusal.why} It is left alone for ${formatDuration(restMs)}.`, {
        retryAfterMs: Math.ceil(restMs),
      });
    }
    rest.served(elapsed());
    const crowdedMs = limit === null ? null : crowdedForMs(headers, limit, exchangeNow);
    if (crowdedMs !== null)
      rest.refused(
        {
          code: "rate-limited",
          why: "Nearly all it allows this address in a minute is used, by others too.",
          statedMs: crowdedMs,
          msMin: null,
        },
        elapsed(),
      );
  }

  #refuseWhileResting({ rest }: HostLimit): void {
    const waitMs = rest.left(this.deps.elapsed());
    if (waitMs > 0)
      throw new ExchangeError(rest.last.code, `${rest.last.why} It is left alone for ${formatDuration(waitMs)} more.`, {
        retryAfterMs: Math.ceil(waitMs),
      });
  }
}

/** The whole answer. Throws ExchangeError where there is none. */
async function answered(
  url: string,
  { method, headers, body }: Request,
  signal: AbortSignal,
): Promise<{ response: Response; body: string }> {
  try {
    const response = await fetch(url, { method, headers, body: body ?? null, redirect: "manual", signal });
    return { response, body: await response.text() };
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError")
      throw new ExchangeError("timeout", "It did not answer in time.", { cause: error });
    if (signal.aborted) throw error;
    throw new ExchangeError("unavailable", `No connection: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function endingWith<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  return promise;
}
