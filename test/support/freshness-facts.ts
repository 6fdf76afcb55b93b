import { settingsOf } from "../../src/config/effective";
import { configSchema } from "../../src/config/schema";
import { MemoryState } from "../../src/core/decide/state";
import { defaultTunables } from "../../src/core/tunables";
import type { ScannerFacts } from "../../src/views/freshness";
import { shapeSource, type SourceProgress, type SourceShape } from "../../src/views/sources";

/** When the facts below were so. */
export const now = Date.parse("2026-03-02T12:00:00Z");

/** A folder that is watched, with nothing to say of it. */
export const watched: SourceProgress = {
  name: "reports",
  dir: "/reports",
  state: "watching",
  read: 0,
  total: 0,
  why: null,
  waiting: 0,
  polledBecause: null,
  skipped: [],
};

/** A source whose last report is 3 s old. */
export function aSource(state: SourceShape["state"], more: Partial<SourceProgress> = {}): SourceShape {
  const settings = settingsOf(configSchema.parse({}), defaultTunables, []);
  return { ...shapeSource({ ...watched, ...more }, new MemoryState(), settings, now), state, age_seconds: 3 };
}

/** A scanner that succeeded 12 s ago. */
export const aScanner: ScannerFacts = {
  name: "candles:bybit",
  running: false,
  intervalMs: 60_000,
  staleAfterMs: 150_000,
  lastSuccessAt: now - 12_000,
  lastError: null,
  failures: 0,
  lacks: null,
  filling: null,
  note: null,
};
