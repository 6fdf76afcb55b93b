import { DamagedRow } from "../store/fault";
import type { Log } from "../telemetry/log";
import type { Metrics } from "../telemetry/metrics";
import type { SettingsService } from "../settings";
import type { Writer } from "../writer";
import { Checkpoints } from "./checkpoints";
import { noteDamage } from "./damage";
import { IntegrityCheck } from "./integrity";
import { RetentionKeeper } from "./retention";
import type { Storage } from "./storage";

export interface UpkeepParts {
  readonly checkpoints: Checkpoints;
  readonly retention: RetentionKeeper;
  readonly integrity: IntegrityCheck;
}

/** What keeps the database small, its log short and known to be whole; nothing of it has begun. */
export function createUpkeep(
  deps: Storage & {
    readonly writer: Writer;
    readonly settings: SettingsService;
    readonly metrics: Metrics;
    readonly log: Log;
    readonly now: () => number;
    readonly scanElapsed: () => number;
    readonly integrityBeginsAfterMs: number | undefined;
  },
  stack: AsyncDisposableStack,
): UpkeepParts {
  const { database, writer, settings, metrics, log, now, scanElapsed } = deps;
  const checkpoints = stack.use(
    new Checkpoints({
      database,
      failed: (why) =>
        log.warn(
          { why },
          "the write-ahead log could not be copied into the database beside the writer; the writer does it where the log grows on",
        ),
    }),
  );
  const retention = new RetentionKeeper({
    ...deps,
    elapsed: scanElapsed,
    kept: () => settings.config.retention,
    waits: () => checkpoints.copyIfDue(),
    stepped: (seconds) => metrics.databaseSteps.observe(seconds, { step: "prune" }),
    removed: (kind, rows) => metrics.retentionRemoved.inc({ kind }, rows),
    doubted: (ahead) => logDoubt(log, ahead),
  });
  const integrity = stack.use(
    new IntegrityCheck({
      path: database.path,
      now,
      damaged: (table, found) => noteDamage(writer, new DamagedRow(`the check of ${table}: ${found}`)),
      failed: (why) => log.warn({ why }, "the database could not be looked through; it is tried again"),
      beginsAfterMs: deps.integrityBeginsAfterMs,
    }),
  );
  return { checkpoints, retention, integrity };
}

function logDoubt(log: Log, ahead: { readonly byMs: number } | null): void {
  if (ahead === null) log.info({}, "the clock is believed: retention goes on");
  else
    log.warn(
      { aheadSeconds: Math.round(ahead.byMs / 1000) },
      "the clock is further on than the time that passed: nothing old is removed until it was steady for " +
        "24 h or virtuoso clock confirm says that it is right",
    );
}
