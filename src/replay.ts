import { decide } from "./core/decide/decide";
import type { Decided } from "./core/decide/decision";
import { MemoryState } from "./core/decide/state";
import type { Observation } from "./core/observation";
import type { Settings } from "./core/settings";

/** History decided once more under given settings. The state begins empty, or as given, and moves with each observation. */
export class Replay {
  constructor(
    /** What holds at a place in the order. */
    readonly settingsAt: (seq: number) => Settings,
    readonly state = new MemoryState(),
  ) {}

  show(observation: Observation): Decided {
    const settings = this.settingsAt(observation.seq);
    const { state, ...decided } = decide(this.state, observation, settings, observation.receivedAt);
    this.state.apply(state);
    return decided;
  }

  /**
   * As `show`, under settings that did not hold then: ticks are kept only where they changed something, so cap windows
   * that overflow under these settings alone are closed here, at their ends.
   */
  showUnderOtherSettings(observation: Observation): Decided[] {
    return [...this.#missingTicks(observation), observation].map((each) => this.show(each));
  }

  #missingTicks({ seq, receivedAt }: Observation): Observation[] {
    const ends = new Set<number>();
    for (const [, window] of this.state.entries("cap")) {
      if (window.overflow > 0 && window.endsAt < receivedAt) ends.add(window.endsAt);
    }
    return [...ends].toSorted((a, b) => a - b).map((endsAt) => ({ kind: "tick", seq, receivedAt: endsAt }));
  }
}

/** Shows stored observations to decide once more, in order; answers the state they lead to. */
export function replay(
  observations: Iterable<Observation>,
  settingsAt: (seq: number) => Settings,
  each: (observation: Observation, decided: Decided) => void,
): MemoryState {
  const history = new Replay(settingsAt);
  for (const observation of observations) each(observation, history.show(observation));
  return history.state;
}
