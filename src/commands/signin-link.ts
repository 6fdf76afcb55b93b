import type { Command } from "commander";
import { addPlace, type PlaceOptions } from "./options";
import { remark, say } from "./print/print";

export function define(command: Command): void {
  addPlace(command).action(run);
}

async function run(options: PlaceOptions): Promise<void> {
  const { openOwnersDoor } = await import("./access/owners-door");
  using door = await openOwnersDoor(options);
  say(await door.signInLink());
  remark(door.running ? "it signs in once, within 15 minutes" : "it signs in once, within 15 minutes, as soon as the daemon runs: virtuoso serve");
}
