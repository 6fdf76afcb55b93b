import { makeSilence, matchOf, type SilenceBody, type SilenceRouteDeps } from "../../api/routes/silences";
import { dayMs, minuteMs } from "../../core/duration";
import { activeSilencesMax } from "../../silences";
import type { SilenceShape } from "../../views/silences";
import { from } from "./act-on-one";
import { clockOf } from "./words";

/** The longest a chat mutes anything. */
export const mutedMsMax = 30 * dayMs;
/** What ends within this much of what is asked for is the same silence. */
const sameWithinMs = 5 * minuteMs;

/**
 * Mutes for a time, unless that is muted as long already: a press or a command that comes twice leaves one silence.
 * Throws Problem.
 */
export async function mute(
  deps: SilenceRouteDeps,
  body: SilenceBody & { readonly for: number },
  who: string,
): Promise<{ readonly silence: SilenceShape; readonly isNew: boolean }> {
  const wanted = matchOf(deps, body);
  const known = deps
    .silences("active", activeSilencesMax)
    .find(
      ({ match, include_high: high, ends_at: endsAt }) =>
        Bun.deepEquals(match, wanted) &&
        high === (body.include_high ?? false) &&
        endsAt !== null &&
        Date.parse(endsAt) >= deps.now() + body.for - sameWithinMs,
    );
  if (known) return { silence: known, isNew: false };
  return { silence: await makeSilence(deps, body, { who, from }), isNew: true };
}

/** `muted until 16:20 UTC, high ones too: symbol=SOLUSDT (q12)` */
export function muteWords({ silence, isNew }: Awaited<ReturnType<typeof mute>>, now: number): string {
  const until = silence.ends_at === null ? "" : ` until ${clockOf(silence.ends_at, now)}`;
  const high = silence.include_high ? ", high ones too" : "; high ones go out";
  return `${isNew ? "muted" : "muted already,"}${until}${high}: ${silence.words} (${silence.id})`;
}
