/**
 * What went wrong between us and the exchange.
 * rate-limited: it wants fewer requests; unavailable: no connection, or 5xx; timeout: it did not answer in time;
 * bad-answer: it answered with something else than data; unknown-symbol: it does not trade this pair.
 */
const exchangeErrorCodes = ["rate-limited", "unavailable", "timeout", "bad-answer", "unknown-symbol"] as const;
export type ExchangeErrorCode = (typeof exchangeErrorCodes)[number];

/** An exchange did not give what was requested; `retryAfterMs` where it said how long to wait. */
export class ExchangeError extends Error {
  override readonly name = "ExchangeError";
  readonly code: ExchangeErrorCode;
  readonly retryAfterMs: number | null;

  constructor(
    code: ExchangeErrorCode,
    message: string,
    options: { readonly retryAfterMs?: number | null; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
