import { formatCount } from "../../core/text";
import { openForReading, StoreError } from "../../store/db";
import { Reader } from "../../store/reader";
import { wordsOf } from "./error-words";
import { failed, ok, type DoctorCheck } from "./finding";

const mebibyte = 1024 * 1024;

export const checkDatabase: DoctorCheck = ({ data }) => {
  try {
    using database = openForReading(data);
    const { quick_check: found } = database.raw.query<{ quick_check: string }, []>("PRAGMA quick_check(1)").get() ?? {
      quick_check: "no answer",
    };
    if (found !== "ok")
      return [
        failed(
          "database",
          `${database.path} is damaged (${found}): move it away and start again, the reports are read anew from their folder`,
        ),
      ];
    const reader = new Reader(database);
    const { signals, alerts, quarantined } = reader.counts();
    const size = `${(reader.sizeBytes() / mebibyte).toFixed(1)} MiB`;
    return [
      ok(
        "database",
        `${database.path} is whole: ${formatCount(signals, "signal")}, ${formatCount(alerts, "alert")}, ` +
          `${quarantined} in quarantine, ${size}`,
      ),
    ];
  } catch (error) {
    if (error instanceof StoreError && error.code === "missing")
      return [ok("database", "none yet, it is made at the first start")];
    return [failed("database", wordsOf(error))];
  }
};
