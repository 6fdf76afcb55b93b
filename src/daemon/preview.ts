import type { SettingsDesk } from "../settings-desk";
import { settingsOf } from "../config/effective";
import { isGate } from "../core/decision";
import type { Settings } from "../core/settings";
import { mergePatches, type TunablesPatch } from "../core/tunables";
import { replay } from "../replay";
import { storedObservations } from "../store/observed";
import type { Opened } from "../store/open";

const lookBackMs = 7 * 86_400_000;
const turnMs = 8;

/** What one set of settings makes of a stretch of the past. */
export interface WouldHave {
  readonly alerts: number;
  readonly held_back: number;
  readonly by_priority: Record<string, number>;
  readonly by_word: Record<string, number>;
}

export interface Preview {
  readonly since: string;
  readonly observations: number;
  readonly current: WouldHave;
  readonly proposed: WouldHave;
}

/** Shows the last 7 days to the same code that decides live, once under what holds now and once under the change. */
export async function previewChange(opened: Opened, settings: SettingsDesk, patch: TunablesPatch, now: number): Promise<Preview> {
  const { file, readSources } = settings.config;
  const since = now - lookBackMs;
  const changed = settingsOf(file, mergePatches(settings.runtime, patch), readSources);
  const before = await tally(opened, settings.settings, since);
  const after = await tally(opened, changed, since);
  return { since: new Date(since).toISOString(), observations: before.observations, current: before.would, proposed: after.would };
}

async function tally(opened: Opened, settings: Settings, since: number): Promise<{ observations: number; would: WouldHave }> {
  const words: Record<string, number> = {};
  const priorities: Record<string, number> = { high: 0, medium: 0, low: 0 };
  let observations = 0;
  let heldBack = 0;
  let alerts = 0;
  let turnBegan = performance.now();
  const breathe = () => {
    if (performance.now() - turnBegan < turnMs) return null;
    return Bun.sleep(0).then(() => void (turnBegan = performance.now()));
  };
  await replay(
    storedObservations(opened, { receivedSince: since }),
    () => settings,
    (_observation, decided) => {
      observations++;
      alerts += decided.raised.length;
      for (const { priority } of decided.raised) priorities[priority] = (priorities[priority] ?? 0) + 1;
      for (const { word } of decided.decisions) {
        words[word] = (words[word] ?? 0) + 1;
        if (isGate(word)) heldBack++;
      }
    },
    { breathe },
  );
  return { observations, would: { alerts, held_back: heldBack, by_priority: priorities, by_word: words } };
}
