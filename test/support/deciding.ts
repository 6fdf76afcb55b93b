import { settingsOf } from "../../src/config/effective";
import { decide } from "../../src/core/decide/decide";
import type { Decided } from "../../src/core/decide/decision";
import { seqsTakenBy, type Observation, type Unsequenced } from "../../src/core/observation";
import type { Settings } from "../../src/core/settings";
import { MemoryState } from "../../src/core/decide/state";

/** A Monday at noon, on the border of every cap window. */
export const noon = Date.parse("2026-03-02T12:00:00Z");
export const seconds = 1000;
export const minutes = 60 * seconds;
export const hours = 60 * minutes;

/** What holds where nobody set anything, with one source named reports. */
export function usualSettings(given: Partial<Settings> = {}): Settings {
  return { ...settingsOf({}, {}, [{ kind: "reports", name: "reports" }]), ...given };
}

/** Decide alone, with no store around it: what it is shown one after the other, and what comes of it. */
export class Deciding {
  readonly state = new MemoryState();
  readonly all: Decided[] = [];
  #seq = 0;

  constructor(public settings: Settings = usualSettings()) {}

  show(unsequenced: Unsequenced): Decided {
    const observation = { ...unsequenced, seq: this.#seq + 1 } as Observation;
    const { state, ...decided } = decide(this.state, observation, this.settings, observation.receivedAt);
    this.state.apply(state);
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
