import { isAnswer, type Answer, type NoAnswer } from "../post";
import type { Outcome } from "./channel";

/**
 * What an answer over HTTP means where a provider has no words of its own: 2xx taken, 429 and 503 with Retry-After a pause,
 * 5xx and no answer again, a redirect or a credential that is refused a broken channel, any other 4xx never.
 */
export function outcomeOf(answer: Answer | NoAnswer): Outcome {
  if (!isAnswer(answer)) return outcomeOfNone(answer);
  const { status, retryAfterMs } = answer;
  const said = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { outcome: "accepted", answer: said };
  if (status >= 300 && status < 400)
    return {
      outcome: "broken",
      answer: said,
      advice: "it redirects, which is not followed: give the channel the address it redirects to",
    };
  if (status === 429) return { outcome: "pause", answer: said, forMs: retryAfterMs };
  if (status >= 500)
    return retryAfterMs === null
      ? { outcome: "again", answer: said }
      : { outcome: "pause", answer: said, forMs: retryAfterMs };
  if (status === 401 || status === 403)
    return { outcome: "broken", answer: said, advice: "it refuses the credentials: give the channel valid ones" };
  if (status === 404)
    return { outcome: "broken", answer: said, advice: "there is nothing at its address: correct the address" };
  if (status === 408 || status === 425) return { outcome: "again", answer: said };
  return { outcome: "refused", answer: said };
}

function outcomeOfNone({ code, permanent }: NoAnswer): Outcome {
  return permanent
    ? {
        outcome: "broken",
        answer: code,
        advice: "no trusted connection can be made: check the address and its certificate",
      }
    : { outcome: "again", answer: code };
}
