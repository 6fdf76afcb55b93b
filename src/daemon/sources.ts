import type { Intake, Progress } from "../ingest/ports";
import { ReportSources } from "../ingest/report-sources";
import type { Reader } from "../store/reader";
import type { Log } from "../telemetry/log";
import type { Metrics } from "../telemetry/metrics";
import type { Writer } from "../writer";

/** The folders of reports: what is read of them goes to the writer, and is counted and logged. */
export function createSources(deps: {
  readonly writer: Writer;
  readonly reader: Reader;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly elapsed: () => number;
  readonly noticeSuspension: () => void;
}): ReportSources {
  const { writer, reader, metrics, log, now, elapsed, noticeSuspension } = deps;
  return new ReportSources({
    intake: intakeOf(writer, reader),
    now,
    elapsed,
    noticeSuspension,
    events: {
      handled(source, outcome, seconds, path) {
        metrics.reports.inc({ source, outcome });
        if (outcome === "read" || outcome === "refused") metrics.reportIngest.observe(seconds);
        else log.debug({ source, file: path, outcome }, "report not taken in");
      },
      progressed: (source, progress) => logProgress(log, source, progress),
    },
  });
}

function intakeOf(writer: Writer, reader: Reader): Intake {
  return {
    submit: (observation, file) => writer.submit({ observation, file }),
    touch: (source, path, { size, modifiedAt }) =>
      writer.submit({ mark: (storeWriter) => storeWriter.touchFile(source, path, size, modifiedAt) }),
    markGone: (source, paths, goneAt) =>
      writer.submit({
        mark: (storeWriter) => {
          for (const path of paths) storeWriter.markGone(source, path, goneAt);
        },
      }),
    knownFiles: (source) => reader.knownFiles(source),
    digestOf: (source, path) => reader.digestOf(source, path),
  };
}

function logProgress(log: Log, source: string, { state, read, total, why }: Progress): void {
  if (state === "first-look" && total > 0 && read % 1000 === 0) log.info({ source, read, total }, "first look");
  if (state === "unreachable") log.warn({ source, why }, "the folder cannot be read; it is looked for every 15 s");
  if (state === "watching") log.info({ source, read }, "watching");
}
