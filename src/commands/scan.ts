import type { Command } from "commander";
import { dataFolder } from "../config/environment";
import { Failed, Unreachable } from "./exit";
import { addOutput, addRemote, type RemoteOptions } from "./options";
import { plain } from "./print/plain";
import { printOne, type Format } from "./print/print";

export function define(command: Command): void {
  addOutput(addRemote(command.argument("<name>", "system, alpha, market:EXCHANGE or candles:EXCHANGE"))).action(scan);
}

/** Only the daemon scans; it answers when the scan has ended, with what it saw. */
async function scan(name: string, { output, ...place }: RemoteOptions & { readonly output: Format }): Promise<void> {
  const [{ daemonFor, scanWithinMs }, { scannerRunShape }] = await Promise.all([
    import("./client/daemon"),
    import("../views/scanner-run"),
  ]);
  const daemon = await daemonFor(place);
  if (daemon === null) throw new Unreachable(`no daemon runs on ${dataFolder(place.data)}, and only the daemon scans`);
  const run = await daemon.post("/api/scan", { name }, scannerRunShape, scanWithinMs);
  const { saw, error, waits_for: waitsFor } = run;
  if (waitsFor !== null) throw new Failed(`${name} could not begin: ${waitsFor}`);
  if (error !== null) throw new Failed(`${name} failed: ${error}`);
  printOne(run, output, { id: name, table: plain(`${name}: ${saw ?? "it is still under way"}`) });
}
