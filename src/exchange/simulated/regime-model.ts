import { dayMs, hourMs } from "../../core/duration";
import { chanceOf } from "./chance";
import { dayMinutes } from "./calendar";

export type Regime = "bull" | "bear" | "quiet" | "volatile";

/** How the benchmark moves in a regime: log drift over one spell, and standard deviation of a day's log return. */
interface RegimeParameters {
  readonly share: number;
  readonly drift: number;
  readonly daily: number;
}

const moods: Readonly<Record<Regime, RegimeParameters>> = {
  quiet: { share: 0.4, drift: 0, daily: 0.013 },
  bull: { share: 0.23, drift: 0.027, daily: 0.02 },
  bear: { share: 0.22, drift: -0.029, daily: 0.024 },
  volatile: { share: 0.15, drift: 0, daily: 0.05 },
};

const regimes = Object.keys(moods) as Regime[];
const spellMs = 8 * hourMs;
export const spellMinutes = dayMinutes / (dayMs / spellMs);
const spellsPerDay = dayMinutes / spellMinutes;

/** One minute of each spell of a day: log drift, and variance of the log return. */
export interface DayRegime {
  readonly drift: readonly number[];
  readonly variance: readonly number[];
}

/** The regimes of a seed. One holds for a spell of 8 h, and often for the next. */
export class RegimeModel {
  readonly #days = new Map<number, DayRegime>();

  constructor(readonly seed: string) {}

  regimeAt(time: number): Regime {
    return this.#regimeOf(Math.floor(time / spellMs));
  }

  day(day: number): DayRegime {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const spells = Array.from(
      { length: spellsPerDay },
      (_, index) => moods[this.#regimeOf(day * spellsPerDay + index)],
    );
    const parameters = {
      drift: spells.map(({ drift }) => drift / spellMinutes),
      variance: spells.map(({ daily }) => daily ** 2 / dayMinutes),
    };
    this.#days.set(day, parameters);
    return parameters;
  }

  #regimeOf(spell: number): Regime {
    // Every second spell may go on with what was, so that the market has days of one mind.
    const origin = spell % 2 !== 0 && chanceOf(this.seed, "goes on", spell) < 0.5 ? spell - 1 : spell;
    let left = chanceOf(this.seed, "regime", origin);
    return regimes.find((regime) => (left -= moods[regime].share) < 0) ?? "quiet";
  }
}
