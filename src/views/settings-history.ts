import { z } from "zod";
import { readPath, tunablePaths, tunablesPatchSchema, type TunablesPatch } from "../core/tunables";
import type { Reader, SettingsHistoryRow } from "../store/reader";
import { isoOf } from "./shape";
import { storedJson } from "../store/fault";

/** Who made which settings hold; `changes` is empty where the config file, and not a person, changed them. */
export const settingsChangeShape = z.object({
  id: z.string(),
  timestamp: z.iso.datetime(),
  who: z.string(),
  changes: z.array(z.object({ key: z.string(), before: z.unknown(), after: z.unknown() })).meta({
    description:
      "What was set at run time before and after; null is not set, so that the config file or the default holds.",
  }),
});
export type SettingsChange = z.infer<typeof settingsChangeShape>;

/** What was set at run time, newest first. */
export function settingsHistory(reader: Reader, limit: number): SettingsChange[] {
  return reader.settingsHistory(limit).map(changeOf);
}

function changeOf({ seq, at, who, before, after }: SettingsHistoryRow): SettingsChange {
  const was = storedJson(before, tunablesPatchSchema);
  const is = storedJson(after, tunablesPatchSchema);
  return { id: String(seq), timestamp: isoOf(at), who, changes: changesBetween(was, is) };
}

function changesBetween(was: TunablesPatch, is: TunablesPatch): SettingsChange["changes"] {
  return tunablePaths
    .map((key) => ({ key, before: readPath(was, key) ?? null, after: readPath(is, key) ?? null }))
    .filter(({ before, after }) => before !== after);
}
