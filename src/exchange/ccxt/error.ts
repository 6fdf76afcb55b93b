import { ExchangeError, type ExchangeErrorCode } from "../exchange-error";
import type { Ccxt } from "./client";

/** Longer answers are quoted no further. */
const quotedLength = 300;

/** ccxt's errors in our words; an error of ours stays what it is. */
export function errorOf(ccxt: Ccxt, exchange: string, error: unknown): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new ExchangeError(codeOf(ccxt, error), `${exchange}: ${text.slice(0, quotedLength)}`, { cause: error });
}

function codeOf(ccxt: Ccxt, error: unknown): ExchangeErrorCode {
  if (error instanceof ccxt.RequestTimeout) return "timeout";
  if (error instanceof ccxt.RateLimitExceeded || error instanceof ccxt.DDoSProtection) return "rate-limited";
  if (error instanceof ccxt.BadSymbol) return "unknown-symbol";
  if (error instanceof ccxt.NetworkError || error instanceof ccxt.RestrictedLocation) return "unavailable";
  // What is left is ccxt, or we, stumbling over what the exchange said.
  return "bad-answer";
}
