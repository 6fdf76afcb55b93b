import { decide } from "./core/decide/decide";
import type { Decided } from "./core/decide/decision";
import type { Observation } from "./core/observation";
import type { Settings } from "./core/settings";
import { MemoryState } from "./core/decide/state";

/** Something replay may pause between observations for, so that whoever shares the thread gets a turn. */
export type Breath = () => Promise<void> | null;

/** Shows stored observations to decide once more, in order, on a state that begins empty or as given. */
export async function replay(
  observations: Iterable<Observation>,
  settingsAt: (seq: number) => Settings,
  each: (observation: Observation, decided: Decided) => void,
  options: { readonly state?: MemoryState; readonly breathe?: Breath } = {},
): Promise<MemoryState> {
  const state = options.state ?? new MemoryState();
  for (const observation of observations) {
    const outcome = decide(state, observation, settingsAt(observation.seq), observation.receivedAt);
    state.apply(outcome.state);
    each(observation, outcome);
    const pause = options.breathe?.();
    if (pause) await pause;
  }
  return state;
}
