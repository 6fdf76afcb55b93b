import type { Command } from "commander";
import { dataFolder } from "../config/environment";
import { Failed, Unreachable } from "./exit";
import { addPlace, type PlaceOptions } from "./options";
import { say } from "./print/print";

export function define(command: Command): void {
  addPlace(command.argument("<name>", "system, alpha, market:EXCHANGE or candles:EXCHANGE")).action(scan);
}

/** Only the daemon scans; asked for one now, it answers when that one has ended. */
async function scan(name: string, { data }: PlaceOptions): Promise<void> {
  const { Control } = await import("./ask/control");
  const answer = await new Control(dataFolder(data)).scan(name);
  if (answer === null) throw new Unreachable(`no daemon runs on ${dataFolder(data)}, and only the daemon scans`);
  if (answer.lastError !== null) throw new Failed(`${name} failed: ${answer.lastError}`);
  say(`${name} succeeded`);
}
