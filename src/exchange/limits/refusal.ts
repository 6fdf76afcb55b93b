import { dayMs, minuteMs } from "../../core/duration";
import { retryAfterMs } from "../../core/retry-after";

/** An answer as it came, whatever its status. */
export interface ExchangeResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Epoch ms: the exchange's own clock as far as it is known, else ours. */
  readonly now: number;
}

/** An answer that turns us away, whatever was requested. */
export interface Refusal {
  /** rate-limited: we sent too many requests; unavailable: it serves no one, or not from here. */
  readonly code: "rate-limited" | "unavailable";
  /** For a person. */
  readonly why: string;
  /** How long it said to stay away, ms; null where it did not say. */
  readonly statedMs: number | null;
  /** How long at least where this kind of refusal says nothing, ms; null: no more than any other. */
  readonly msMin: number | null;
}

/** Binance's longest ban; what says more is not believed. */
const longestMs = 3 * dayMs;
/** Bybit's for an address that sent too many requests. */
const tooFrequentMs = 10 * minuteMs;
/** An error is described in a few words; longer answers are data. */
const errorLengthMax = 4096;

/** Bybit: too many visits, an address' limit, the system's own protection, a banned address. Binance: too many requests. */
const rateLimitedCodes = new Set([10_006, 10_018, 10_429, 10_009, -1003]);
/** Bybit: server timeout, server error, not served from there. Binance: disconnected, overloaded. */
const unavailableCodes = new Set([10_000, 10_016, 10_024, -1001, -1008]);

/** What an answer turns us away with; null where it does not. Read from status, headers and the error's own code and words. */
export function refusalOf(response: ExchangeResponse): Refusal | null {
  const { status, headers, body } = response;
  const short = body.length <= errorLengthMax ? body : "";
  const code = Number(/"(?:retCode|ret_code|code)"\s*:\s*"?(-?\d{1,6})\b/.exec(short)?.[1] ?? 0);
  const tooFrequent = status === 403 && /too frequent|rate limit|too many/i.test(short);
  const about = { statedMs: statedMsOf(response, short), msMin: tooFrequent ? tooFrequentMs : null };
  const words = wordsOf(short);
  const answered = `It answered ${status}${status === 200 ? ` with code ${code}` : ""}`;
  if (status === 429 || status === 418 || tooFrequent || rateLimitedCodes.has(code))
    return {
      ...about,
      code: "rate-limited",
      why: `${answered}: ${status === 418 || code === 10_009 ? "this address is banned" : "too many requests"}${words}.`,
    };
  if (status === 403 || status === 451)
    return { ...about, code: "unavailable", why: `${answered}: it does not serve this address or country${words}.` };
  if (status >= 500 || unavailableCodes.has(code))
    return { ...about, code: "unavailable", why: `${answered}${words}.` };
  if (status >= 300 && status < 400)
    return {
      ...about,
      code: "unavailable",
      why: `${answered}: it sends us elsewhere, to ${headers.get("location")?.slice(0, 100) ?? "nowhere"}.`,
    };
  if (status < 300 && isWebPage(headers, body))
    return { ...about, code: "unavailable", why: "It answered with a web page instead of data." };
  return null;
}

/** The longest of what it said: Retry-After, "banned until", Bybit's time of reset. */
function statedMsOf({ headers, now }: ExchangeResponse, short: string): number | null {
  const until = [
    /banned until\s+(\d{13})\b/i.exec(short)?.[1],
    headers.get("x-bapi-limit-reset-timestamp") ?? undefined,
  ].map((text) => (text !== undefined && /^\d{13}$/.test(text.trim()) ? Number(text) - now : 0));
  const longest = Math.max(retryAfterMs(headers) ?? 0, ...until);
  return longest > 0 ? Math.min(longest, longestMs) : null;
}

/** Its own words, short. */
function wordsOf(body: string): string {
  const message = /"(?:retMsg|ret_msg|msg|message)"\s*:\s*"([^"]{1,200})"/.exec(body)?.[1];
  return message === undefined ? "" : ` (${message.replace(/\.$/, "")})`;
}

function isWebPage(headers: Headers, body: string): boolean {
  return (
    /^text\/html\b/i.test(headers.get("content-type") ?? "") ||
    /^\s*<(?:!doctype|html|head|body)\b/i.test(body.slice(0, 200))
  );
}
