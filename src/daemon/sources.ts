import type { Intake, Progress } from "../ingest/ports";
import { ReportSources } from "../ingest/report-sources";
import type { Reader } from "../store/reader";
import { logRoutine, type Log } from "../telemetry/log";
import type { Writer } from "../writer";
import type { DaemonParts } from "./parts";
import { Suspension } from "./suspension";

/** The folders of reports, looked at anew when the process was suspended; what is read goes to the writer, and is counted and logged. */
export function createSources(
  parts: Pick<DaemonParts, "writer" | "reader" | "metrics" | "log" | "now" | "wallClock" | "elapsed">,
): Pick<DaemonParts, "sources" | "suspension"> {
  const { writer, reader, metrics, log, now, wallClock, elapsed } = parts;
  const suspension = new Suspension(wallClock, (forMs) => {
    log.warn(
      { seconds: Math.round(forMs / 1000) },
      "the process was suspended, or the clock set ahead; the folders are looked at anew",
    );
    sources.wake();
  });
  const sources = new ReportSources({
    intake: intakeOf(writer, reader),
    now,
    elapsed,
    noticeSuspension: () => suspension.check(),
    events: {
      handled(source, outcome, seconds, path) {
        metrics.reports.inc({ source, outcome });
        if (outcome === "read" || outcome === "refused") metrics.reportIngest.observe(seconds);
        else log.debug({ source, file: path, outcome }, "report not taken in");
      },
      progressed: progressLog(log),
    },
  });
  return { sources, suspension };
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

function progressLog(log: Log): (source: string, progress: Progress) => void {
  const unreachable = new Set<string>();
  return (source, { state, read, total, why }) => {
    if (state === "first-look" && total > 0 && read % 1000 === 0) log.info({ source, read, total }, "first look");
    if (state === "unreachable") {
      unreachable.add(source);
      log.warn({ source, why }, "the folder cannot be read; it is looked for every 15 s");
    }
    if (state !== "watching") return;
    if (unreachable.delete(source)) log.info({ source, read }, "watching");
    else logRoutine(log, { source, read }, "watching");
  };
}
