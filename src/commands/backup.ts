import { statSync } from "node:fs";
import type { Command } from "commander";
import { dataFolder } from "../config/environment";
import { addPlace, numberOption, type PlaceOptions } from "./options";
import { printLine } from "./print/print";

export function define(command: Command): void {
  addPlace(
    command.argument(
      "[place]",
      "the file the copy becomes (name.db), or the folder it goes to (default: backup.dir of the config, else backups in the data folder)",
    ),
  )
    .addOption(
      numberOption(
        "--keep <n>",
        "of the copies in that folder the newest so many stay (default: all; where no place is named, backup.keep of the config)",
        1,
        1000,
        "whole",
      ),
    )
    .action(run);
}

/** Copies the database, whether a daemon runs on it or not, and prints where to. */
async function run(
  place: string | undefined,
  { data: given, config: file, keep }: PlaceOptions & { readonly keep?: number },
): Promise<void> {
  const { backUp, copyDatabase, pruneBackups } = await import("../store/backup");
  const data = dataFolder(given);
  if (place !== undefined && keep === undefined && isFile(place)) {
    copyDatabase(data, place);
    return printLine(place);
  }
  const { dir, keep: kept } =
    place === undefined
      ? await whereConfigured({ data, ...(file === undefined ? {} : { config: file }) })
      : { dir: place, keep };
  const made = backUp(data, dir, Date.now());
  printLine(made);
  if (kept !== undefined) pruneBackups(dir, kept, made);
}

async function whereConfigured(options: PlaceOptions): Promise<{ readonly dir: string; readonly keep: number }> {
  return (await (await import("./client/config-or-defaults")).configOrDefaults(options)).backup;
}

/** A name that ends like a database's means a file, unless a folder is there. */
function isFile(place: string): boolean {
  return /\.(?:db|sqlite3?)$/i.test(place) && statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true;
}
