import type { Command } from "commander";
import { addOutput, addPlace } from "./options";
import type { ReadOptions } from "./read/read-dry";

export function define(command: Command): void {
  addOutput(addPlace(command))
    .argument("<files...>", "reports, or - for standard input")
    .option("--source <name>", "as this source writes (default: the first of the config)")
    .action(async (files: readonly string[], options: ReadOptions) =>
      (await import("./read/read-dry")).readDry(files, options),
    );
}
