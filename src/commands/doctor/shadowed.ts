import type { Config } from "../../config";
import { SettingsService, storedRuntime } from "../../settings";
import { openForReading, StoreError } from "../../store/db";
import { Reader } from "../../store/reader";
import { settingOf } from "../print/figures";
import { ok, warning, type DoctorCheck } from "./finding";
import type { Served } from "./doctor-context";

/** A value in the file that something set at run time wins over: editing the file would change nothing. */
export const checkShadowed: DoctorCheck = ({ data, config, served }) => {
  try {
    const origins = served?.origins ?? ("refused" in config ? null : originsBy(data, config));
    if (origins === null) return [warning("settings", "not examined: the config cannot be used")];
    const shadowed = origins.filter((each) => each.shadowed !== null);
    if (shadowed.length === 0)
      return [ok("settings", "no value of the config file is shadowed by one set at run time")];
    return shadowed.map(({ path, value, shadowed: inFile }) =>
      warning(
        "settings",
        `${path} is ${settingOf(value)}, set at run time; the config file says ${settingOf(inFile)}: ` +
          `virtuoso config unset ${path} lets it hold`,
      ),
    );
  } catch (error) {
    if (error instanceof StoreError) return [ok("settings", "nothing was set at run time")];
    throw error;
  }
};

function originsBy(data: string, config: Config): NonNullable<Served["origins"]> {
  using database = openForReading(data);
  return new SettingsService(config, storedRuntime(new Reader(database))).origins();
}
