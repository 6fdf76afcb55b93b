import { statSync } from "node:fs";
import type { Command } from "commander";
import { addPlace, type PlaceOptions } from "./options";
import { say } from "./print/print";

export function define(command: Command): void {
  addPlace(command.argument("[place]", "the file the copy becomes (name.db), or the folder it goes to (default: backup.dir of the config, else backups in the data folder)")).action(run);
}

/** Copies the database, whether a daemon runs on it or not, and prints where to. */
async function run(place: string | undefined, { data, config: file }: PlaceOptions): Promise<void> {
  const { loadConfig } = await import("../config");
  const { backUp, copyDatabase, pruneBackups } = await import("../store/backup");
  const config = await loadConfig({ data, config: file });
  if (place !== undefined && isFile(place)) {
    copyDatabase(config.data, place);
    return say(place);
  }
  const made = backUp(config.data, place ?? config.backup.dir, Date.now());
  say(made);
  if (place === undefined) pruneBackups(config.backup.dir, config.backup.keep, made);
}

/** A name that ends like a database's means a file, unless a folder is there. */
function isFile(place: string): boolean {
  return /\.(?:db|sqlite3?)$/i.test(place) && statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true;
}
