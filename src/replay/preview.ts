import { settingsOf } from "../config/effective";
import type { Observation } from "../core/observation";
import { mergePatches, type TunablesPatch } from "../core/tunables";
import type { SettingsService } from "../settings";
import type { Database } from "../store/db";
import { originalReports, storedObservations } from "../store/observed";
import type { Preview } from "../views/preview";
import { isoOf } from "../views/shape";
import { Difference } from "./difference";
import { RulesAgain } from "./rules-again";
import { Scenario } from "./scenario";
import { runUpMs, stretchOf, turnMs } from "./stretch";

const rulesBatch = 100;

/** Shows the last 7 days to the same code that decides live, under what holds now and under the change side by side. */
export async function previewChange(
  database: Database,
  settings: SettingsService,
  patch: TunablesPatch,
  now: number,
): Promise<Preview> {
  const { file, readSources } = settings.config;
  const current = new Scenario(settingsOf(file, settings.runtime, readSources));
  const proposed = new Scenario(settingsOf(file, mergePatches(settings.runtime, patch), readSources));
  const { since, complete } = stretchOf(database, now);
  const [lost, gained] = [new Difference(), new Difference()];
  let observations = 0;
  let turnBegan = performance.now();
  using rules = await RulesAgain.start(settings.config, originalReports(database));
  for (const part of partsOf(storedObservations(database, { receivedSince: since - runUpMs }), now)) {
    const [asCurrent, asProposed] = [rules.answer(part, current.settings), rules.answer(part, proposed.settings)];
    for (const [index, observation] of part.entries()) {
      const counts = observation.receivedAt >= since;
      const before = current.show(asCurrent[index] ?? observation, counts);
      const after = proposed.show(asProposed[index] ?? observation, counts);
      if (counts) {
        observations++;
        lost.note(before, after);
        gained.note(after, before);
      }
      if (performance.now() - turnBegan < turnMs) continue;
      await Bun.sleep(0);
      turnBegan = performance.now();
    }
  }
  return {
    since: isoOf(since),
    until: isoOf(now),
    observations,
    complete,
    rules: rules.summary,
    current: current.would,
    proposed: proposed.would,
    lost: lost.summary(),
    gained: gained.summary(),
  };
}

/** Up to `now`, as many at a time as one round of the rules takes. */
function* partsOf(observations: Iterable<Observation>, now: number): Iterable<Observation[]> {
  let part: Observation[] = [];
  for (const observation of observations) {
    if (observation.receivedAt > now) break;
    part.push(observation);
    if (part.length < rulesBatch) continue;
    yield part;
    part = [];
  }
  yield part;
}
