import { settingsOf } from "../../src/config/effective";
import type { Decided } from "../../src/core/decide/decision";
import { seqsTakenBy, type Observation, type Unsequenced } from "../../src/core/observation";
import type { Settings } from "../../src/core/settings";
import type { MemoryState } from "../../src/core/decide/state";
import { Replay } from "../../src/replay";

/** A Monday at noon, on the border of every cap window. */
export const noon = Date.parse("2026-03-02T12:00:00Z");
export const seconds = 1000;
export const minutes = 60 * seconds;
export const hours = 60 * minutes;

/** The default settings, with one source named reports. */
export function usualSettings(given: Partial<Settings> = {}): Settings {
  return { ...settingsOf({}, {}, [{ kind: "reports", name: "reports" }]), ...given };
}

/** Decide alone, with no store around it: what it is shown one after the other, and what comes of it. */
export class Deciding {
  readonly #replay = new Replay(() => this.settings);
  readonly all: Decided[] = [];
  #seq = 0;

  constructor(public settings: Settings = usualSettings()) {}

  get state(): MemoryState {
    return this.#replay.state;
  }

  /** Of the observation that is shown next. */
  get nextSeq(): number {
    return this.#seq + 1;
  }

  show(unsequenced: Unsequenced): Decided {
    const observation = { ...unsequenced, seq: this.nextSeq } as Observation;
    const decided = this.#replay.show(observation);
    this.#seq += seqsTakenBy(observation) + decided.raised.length;
    this.all.push(decided);
    return decided;
  }

  tick(receivedAt: number): Decided {
    return this.show({ kind: "tick", receivedAt });
  }

  /** Rules of the state alerts that hold, raised or held back, with their subjects. */
  get conditions(): string[] {
    return [...this.state.entries("condition")]
      .map(([fingerprint]) => (JSON.parse(fingerprint) as string[]).slice(1).join(" "))
      .toSorted();
  }
}
