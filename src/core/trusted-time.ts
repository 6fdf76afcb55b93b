import { dayMs, hourMs } from "./duration";
import { z } from "zod";

/** The time retention counts from: the wall clock as far as it is confirmed. Kept across restarts. */
export const trustedTimeSchema = z.strictObject({
  /** Epoch ms. */
  at: z.number(),
  /** The wall clock is further on than the time that passed explains; null where they agree. */
  ahead: z
    .strictObject({
      byMs: z.number(),
      /** How long it has gone on as a clock should since, while somebody looked. */
      steadyMs: z.number(),
      /** What it showed when it was last looked at, epoch ms. */
      wall: z.number(),
    })
    .nullable(),
});
export type TrustedTime = z.infer<typeof trustedTimeSchema>;

/** A time service may move a clock so much at once. */
const movedMsMax = 30_000;
/** A daemon may be down for so long without a question. */
const downMsMax = hourMs;
/** Steady for so long, a clock is believed without a person's word. */
export const steadyForMs = dayMs;
/** While it waits to be believed it may leap so much more: a machine that sleeps or is switched off over a holiday. */
const leapMsMax = 7 * dayMs;

/** `passedMs`: by the monotonic clock. A clock that goes back is believed, for that removes nothing; one that leaps ahead is not. */
export function passTime(before: TrustedTime, wall: number, passedMs: number): TrustedTime {
  return follow(before, wall, passedMs, movedMsMax);
}

/**
 * At a start it is unknown how long the daemon was down. `stored`: what was kept last; without it `newest`, the newest
 * time in the database, must do.
 */
export function resumeTime(stored: TrustedTime | null, newest: number | null, wall: number): TrustedTime {
  return follow(stored ?? { at: newest ?? wall, ahead: null }, wall, 0, downMsMax);
}

/** A person says that the clock is right. */
export function confirmTime(wall: number): TrustedTime {
  return { at: wall, ahead: null };
}

function follow({ at, ahead }: TrustedTime, wall: number, passedMs: number, msMax: number): TrustedTime {
  const expected = at + passedMs;
  if (wall <= expected + (ahead === null ? msMax : movedMsMax)) return { at: wall, ahead: null };
  const off = ahead === null ? Number.NEGATIVE_INFINITY : wall - (ahead.wall + passedMs);
  const steadyMs = ahead !== null && off >= -movedMsMax && off <= leapMsMax ? ahead.steadyMs + passedMs : 0;
  return steadyMs >= steadyForMs
    ? confirmTime(wall)
    : { at: expected, ahead: { byMs: wall - expected, steadyMs, wall } };
}
