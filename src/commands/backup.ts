import type { Command } from "commander";
import { addPlace, type PlaceOptions } from "./options";
import { say } from "./print/print";

export function define(command: Command): void {
  addPlace(command.argument("[folder]", "where the copy goes (default: backup.dir of the config, else backups in the data folder)")).action(run);
}

/** Copies the database, whether a daemon runs on it or not, and prints where to. */
async function run(folder: string | undefined, { data, config: file }: PlaceOptions): Promise<void> {
  const { loadConfig } = await import("../config");
  const { backUp, pruneBackups } = await import("../store/backup");
  const config = await loadConfig({ data, config: file });
  say(backUp(config.data, folder ?? config.backup.dir, Date.now()));
  if (folder === undefined) pruneBackups(config.backup.dir, config.backup.keep);
}
