import { z } from "zod";
import { openForReading } from "../../store/db";
import { Reader } from "../../store/reader";
import { settingsChangeShape, settingsHistory, type SettingsChange } from "../../views/settings-history";
import { dataFolder } from "../../config/environment";
import { learnLocalClock } from "../client/local-clock";
import { Rest } from "../client/rest";
import { UrlConnection } from "../client/url-connection";
import type { RemoteOptions, TimeOptions } from "../options";
import { settingOf } from "../print/figures";
import { printItems, type Format, type Showing } from "../print/print";
import { timeFormatFor, type FormatTime } from "../print/time";

type HistoryOptions = RemoteOptions & TimeOptions & { readonly limit: number; readonly output: Format };

export async function listHistory(options: HistoryOptions): Promise<void> {
  const changes = options.url === undefined ? await changesHere(options) : await changesAt(options.url, options.limit);
  printItems(changes, options.output, showingWith(timeFormatFor(options)));
}

async function changesHere({ data, limit }: HistoryOptions): Promise<readonly SettingsChange[]> {
  const folder = dataFolder(data);
  using database = openForReading(folder);
  await learnLocalClock(folder, database);
  return settingsHistory(new Reader(database), limit);
}

async function changesAt(url: string, limit: number): Promise<readonly SettingsChange[]> {
  const { items } = await new Rest(new UrlConnection(url)).get(
    "/api/dashboard/config/history",
    z.object({ items: z.array(settingsChangeShape) }),
    { limit },
  );
  return items;
}

function showingWith(format: FormatTime): Showing<SettingsChange> {
  return {
    idOf: ({ id }) => id,
    none: "nothing was ever set",
    columns: [
      { head: "WHEN", text: ({ timestamp }) => format(timestamp) },
      { head: "WHO", text: ({ who }) => who, widthMin: 10 },
      { head: "CHANGE", text: ({ changes }) => inWords(changes), widthMin: 20 },
    ],
  };
}

function inWords(changes: SettingsChange["changes"]): string {
  if (changes.length === 0) return "what the config file and the defaults say holds";
  return changes
    .map(({ key, before, after }) => `${key} ${describeChange(before)} -> ${describeChange(after)}`)
    .join(", ");
}

function describeChange(value: unknown): string {
  return value === null ? "not set" : settingOf(value);
}
