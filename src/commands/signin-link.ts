import type { Command } from "commander";
import { addOutput, addPlace, type PlaceOptions } from "./options";
import { printOne, remark, type Format } from "./print/print";

export function define(command: Command): void {
  addOutput(addPlace(command)).action(run);
}

async function run(options: PlaceOptions & { readonly output: Format }): Promise<void> {
  const { openAccessAdmin } = await import("./access/access-admin");
  const admin = await openAccessAdmin(options);
  const url = await admin.signInLink();
  printOne({ url }, options.output, { id: url, table: url });
  remark(
    admin.running
      ? "it signs in once, within 15 minutes"
      : "it signs in once, within 15 minutes, as soon as the daemon runs: virtuoso serve",
  );
}
