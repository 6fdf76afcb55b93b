import type { Desk } from "../desk";
import type { Intake } from "../ingest/ports";
import type { Reader } from "../store/reader";

/** What ingest hands on goes to the desk; what it asks is read from the ledger. */
export function intakeOf(desk: Desk, reader: Reader): Intake {
  return {
    submit: (observation, file) => desk.submit({ observation, file }),
    touch: (source, path, { size, modifiedAt }) => desk.submit({ chore: (ledger) => ledger.touchFile(source, path, size, modifiedAt) }),
    markGone: (source, paths, goneAt) =>
      desk.submit({
        chore: (ledger) => {
          for (const path of paths) ledger.markGone(source, path, goneAt);
        },
      }),
    knownFiles: (source) => reader.knownFiles(source),
    digestOf: (source, path) => reader.digestOf(source, path),
  };
}
