import { DamagedRow } from "../store/fault";
import type { Log } from "../telemetry/log";
import { Checkpoints } from "./checkpoints";
import { noteDamage } from "./damage";
import { IntegrityCheck } from "./integrity";
import type { DaemonParts } from "./parts";
import { RetentionKeeper } from "./retention";

/** What keeps the database small, its log short and known to be whole; nothing of it has begun. */
export function createUpkeep(
  parts: Pick<
    DaemonParts,
    "database" | "reader" | "storeWriter" | "writer" | "settings" | "metrics" | "log" | "now" | "scanElapsed"
  >,
  integrityBeginsAfterMs: number | undefined,
  stack: AsyncDisposableStack,
): Pick<DaemonParts, "checkpoints" | "retention" | "integrity"> {
  const { database, writer, settings, metrics, log, now, scanElapsed } = parts;
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
    ...parts,
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
      beginsAfterMs: integrityBeginsAfterMs,
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
