import { readPath, tunablePaths, tunablesPatchSchema, type TunablesPatch } from "../../core/tunables";
import { openForReading } from "../../store/open";
import { Reader, type SettingsHistoryRow } from "../../store/reader";
import { isoOf } from "../../views/shape";
import { dataFolder } from "../../config/environment";
import type { PlaceOptions } from "../options";
import { agoOf } from "../print/ago";
import { settingOf } from "../print/figures";
import { printItems, type Format, type Showing } from "../print/print";

/** Who made which settings hold; `changes` is empty where the config file, and not a person, changed them. */
interface HistoryItem {
  readonly id: string;
  readonly timestamp: string;
  readonly who: string;
  readonly changes: readonly { readonly key: string; readonly before: unknown; readonly after: unknown }[];
}

export function listHistory({ data, limit, output }: PlaceOptions & { readonly limit: number; readonly output: Format }): void {
  using opened = openForReading(dataFolder(data));
  printItems(new Reader(opened).settingsHistory(limit).map(itemOf), output, showingAt(Date.now()));
}

function itemOf({ seq, at, who, before, after }: SettingsHistoryRow): HistoryItem {
  const was = tunablesPatchSchema.parse(JSON.parse(before));
  const is = tunablesPatchSchema.parse(JSON.parse(after));
  return { id: String(seq), timestamp: isoOf(at), who, changes: changesBetween(was, is) };
}

function changesBetween(was: TunablesPatch, is: TunablesPatch): HistoryItem["changes"] {
  return tunablePaths
    .map((key) => ({ key, before: readPath(was, key) ?? null, after: readPath(is, key) ?? null }))
    .filter(({ before, after }) => before !== after);
}

function showingAt(now: number): Showing<HistoryItem> {
  return {
    idOf: ({ id }) => id,
    none: "nothing was ever set",
    columns: [
      { head: "WHEN", text: ({ timestamp }) => timestamp },
      { head: "AGE", text: ({ timestamp }) => agoOf(timestamp, now) },
      { head: "WHO", text: ({ who }) => who, atLeast: 10 },
      { head: "CHANGE", text: ({ changes }) => inWords(changes), atLeast: 20 },
    ],
  };
}

function inWords(changes: HistoryItem["changes"]): string {
  if (changes.length === 0) return "what the config file and the defaults say holds";
  return changes.map(({ key, before, after }) => `${key} ${toldOf(before)} -> ${toldOf(after)}`).join(", ");
}

function toldOf(value: unknown): string {
  return value === null ? "not set" : settingOf(value);
}
