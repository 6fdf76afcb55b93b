import { STATUS_CODES } from "node:http";
import { dayMs } from "../../core/duration";
import { isAnswer, type Answer, type NoAnswer } from "../post";
import type { Outcome } from "./channel";

/**
 * What an answer over HTTP means where a provider has no words of its own: 2xx taken; 429, 502, 504 and what names a time
 * a pause; other 5xx and no answer again; a redirect, a refused credential, a missing or gone address or no trusted
 * connection a broken channel; any other 4xx never. Nothing of the answer's body is repeated: it may hold what was sent.
 */
export function outcomeOf(answer: Answer | NoAnswer): Outcome {
  if (!isAnswer(answer)) return outcomeOfNone(answer);
  const { status } = answer;
  const said = statusText(status);
  if (status >= 200 && status < 300) return { outcome: "accepted", answer: said };
  const advice = status >= 300 && status < 400 ? brokenStatuses.redirect : brokenStatuses[status];
  if (advice !== undefined) return { outcome: "broken", answer: said, advice };
  // The server that refuses for a time has not taken it; what speaks for another server cannot know.
  const mayHaveArrived = status >= 500 && status !== 503;
  const forMs = answer.retryAfterMs === null ? null : pauseOf(answer.retryAfterMs);
  const pauses = status === 429 || status === 502 || status === 504 || (status >= 500 && forMs !== null);
  if (pauses) return { outcome: "pause", answer: said, forMs, mayHaveArrived };
  if (status >= 500 || status === 408 || status === 425) return { outcome: "again", answer: said, mayHaveArrived };
  return { outcome: "refused", answer: said };
}

/** How long a channel is left alone that asks for so long, ms. */
export function pauseOf(askedMs: number): number {
  return Math.max(pauseMsMin, Math.min(askedMs, pauseMsMax));
}

/** Null where it is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function statusText(status: number): string {
  return `HTTP ${status} ${STATUS_CODES[status] ?? ""}`.trimEnd();
}

/** "At once" would be a loop without end. */
const pauseMsMin = 1000;
/** A server that asks for more is asked again after a day all the same. */
const pauseMsMax = dayMs;

const credentials = "it refuses the credentials: give the channel valid ones";

const brokenStatuses: Readonly<Partial<Record<number, string>>> & { readonly redirect: string } = {
  redirect: "it redirects, which is not followed: give the channel the address it redirects to",
  401: credentials,
  403: credentials,
  404: "there is nothing at its address: correct the address",
  405: "its address takes no POST: correct the address",
  407: "a proxy asks for credentials: give the channel an address that needs none",
  410: "the receiver is gone for good: remove the channel or give it another address",
};

function outcomeOfNone({ code, permanent, mayHaveArrived }: NoAnswer): Outcome {
  const answer = code in noAnswers ? `${noAnswers[code]} (${code})` : code;
  if (!permanent) return { outcome: "again", answer, mayHaveArrived };
  return {
    outcome: "broken",
    answer,
    advice: "no trusted connection can be made: check the address and its certificate",
  };
}

const noAnswers: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at its address",
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name cannot be looked up now",
  ECONNRESET: "the connection was cut",
  TimeoutError: "no answer in time",
  AbortError: "ended while stopping",
  ETLS: "it offers no TLS",
  ETIMEDOUT: "no answer in time",
  EPROTO: "it does not speak TLS",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by itself",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate's issuer is not known",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};
