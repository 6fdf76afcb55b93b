import { chanceOf } from "./chance";
import { dayMs, hourMs } from "./calendar";

export type Regime = "bull" | "bear" | "quiet" | "volatile";

/** How the benchmark moves in a regime: log drift over one spell, and standard deviation of a day's log return. */
interface Mood {
  readonly share: number;
  readonly drift: number;
  readonly daily: number;
}

const moods: Readonly<Record<Regime, Mood>> = {
  quiet: { share: 0.4, drift: 0, daily: 0.013 },
  bull: { share: 0.23, drift: 0.027, daily: 0.02 },
  bear: { share: 0.22, drift: -0.029, daily: 0.024 },
  volatile: { share: 0.15, drift: 0, daily: 0.05 },
};

const regimes = Object.keys(moods) as Regime[];
const spellMs = 8 * hourMs;
export const spellMinutes = spellMs / 60_000;
export const spellsPerDay = dayMs / spellMs;

/** A regime holds for a spell of 8 h, and often for the next. */
export function regimeAt(seed: string, time: number): Regime {
  return regimeOfSpell(seed, Math.floor(time / spellMs));
}

export function regimeOfSpell(seed: string, spell: number): Regime {
  // Every second spell may go on with what was, so that the market has days of one mind.
  const origin = spell % 2 !== 0 && chanceOf(seed, "goes on", spell) < 0.5 ? spell - 1 : spell;
  let left = chanceOf(seed, "regime", origin);
  return regimes.find((regime) => (left -= moods[regime].share) < 0) ?? "quiet";
}

/** Log drift of one minute. */
export function driftOf(regime: Regime): number {
  return moods[regime].drift / spellMinutes;
}

/** Standard deviation of one minute's log return. */
export function deviationOf(regime: Regime): number {
  return moods[regime].daily / Math.sqrt(1440);
}
