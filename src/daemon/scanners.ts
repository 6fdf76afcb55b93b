import type { Config } from "../config";
import type { Scanner, ScanTimes, Scheduler } from "../scanners/scheduler";
import { figureScanner, type FigureScanDeps, type FigureSource } from "../scanners/figures";
import { systemScanner, type SystemGauges } from "../scanners/system";
import { Problem } from "../api/problems";
import { isoOf } from "../views/shape";
import type { ScannerRun } from "../views/scanner-run";
import { backupScannersOf } from "./backups";
import { exchangesOf, type Markets } from "./markets";

/** A scanner's own interval and timeout where the config says so. */
export type TimesOf = (name: string, usual: () => ScanTimes) => () => ScanTimes;

export function scanTimesOf(config: () => Config): TimesOf {
  return (name, usual) => () => {
    const { intervalMs, timeoutMs } = usual();
    const given = config().file.scanners?.[name];
    return { intervalMs: given?.interval ?? intervalMs, timeoutMs: given?.timeout ?? timeoutMs };
  };
}

/** Every scanner that is not switched off. */
export function scannersOf(
  config: Config,
  markets: Markets,
  gauges: SystemGauges,
  figures: FigureScanDeps,
  times: TimesOf,
): Scanner[] {
  const system = systemScanner(
    gauges,
    times("system", () => ({ intervalMs: 5000, timeoutMs: 10_000 })),
  );
  const figureScanners = figuresOf(config).map((source) =>
    figureScanner(
      source,
      figures,
      times(`figures:${source.name}`, () => ({ intervalMs: 15 * 60_000, timeoutMs: 15_000 })),
    ),
  );
  return [system, ...markets.scanners(), ...figureScanners, ...backupScannersOf(config, figures.now, times)].filter(
    ({ name }) => config.file.scanners?.[name]?.enabled !== false,
  );
}

/** Every scanner this config asks for. */
export function scannerNames(config: Config): string[] {
  const exchanges = exchangesOf(config);
  return [
    "system",
    ...exchanges.flatMap(({ name }) => [`market:${name}`, `candles:${name}`]),
    ...(exchanges.length > 0 ? ["alpha"] : []),
    ...figuresOf(config).map(({ name }) => `figures:${name}`),
    ...(config.backup.everyMs === null ? [] : ["backup"]),
  ];
}

function figuresOf({ file }: Config): readonly FigureSource[] {
  return file.figures ?? [];
}

/** Runs one now and answers how it fared. Throws Problem where there is none of that name. */
export async function scanNow(scheduler: Scheduler, name: string): Promise<ScannerRun> {
  const names = scheduler.standings().map((status) => status.name);
  if (!names.includes(name))
    throw new Problem("not-found", `there is no scanner ${name}; there are ${names.join(", ") || "none"}`);
  const { lastSaw, lastError, waitsFor, failures, lastSuccessAt } = await scheduler.run(name);
  return {
    name,
    saw: lastSaw,
    error: lastError,
    waits_for: waitsFor,
    failures,
    last_success_at: lastSuccessAt === null ? null : isoOf(lastSuccessAt),
  };
}
