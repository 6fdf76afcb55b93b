import type { Writer } from "../writer";
import type { Intake } from "../ingest/ports";
import type { Reader } from "../store/reader";

/** What ingest hands on goes to the desk; what it asks is read from the ledger. */
export function intakeOf(writer: Writer, reader: Reader): Intake {
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
