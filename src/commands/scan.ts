import type { Command } from "commander";
import { dataFolder } from "../config/environment";
import type { ScannerRun } from "../views/scanner-run";
import { Failed, Unreachable } from "./exit";
import { addOutput, addRemote, type RemoteOptions } from "./options";
import { plain } from "./print/plain";
import { printOne, type Format } from "./print/print";

export function define(command: Command): void {
  addOutput(addRemote(command.argument("<name>", "system, alpha, market:EXCHANGE or candles:EXCHANGE"))).action(scan);
}

/** Only the daemon scans; asked for one now, it answers when that one has ended, with what it saw. */
async function scan(name: string, { data, url, output }: RemoteOptions & { readonly output: Format }): Promise<void> {
  const answer = url === undefined ? await scanHere(name, dataFolder(data)) : await scanAt(name, url);
  const { saw, error, waits_for: waitsFor } = answer;
  if (waitsFor !== null) throw new Failed(`${name} could not begin: ${waitsFor}`);
  if (error !== null) throw new Failed(`${name} failed: ${error}`);
  printOne(answer, output, { id: name, table: plain(`${name}: ${saw ?? "it is still under way"}`) });
}

async function scanHere(name: string, data: string): Promise<ScannerRun> {
  const { Control } = await import("./client/control");
  const answer = await new Control(data).scan(name);
  if (answer === null) throw new Unreachable(`no daemon runs on ${data}, and only the daemon scans`);
  return answer;
}

async function scanAt(name: string, url: string): Promise<ScannerRun> {
  const [{ scanWithinMs }, { Rest }, { scannerRunShape }] = await Promise.all([
    import("./client/control"),
    import("./client/rest"),
    import("../views/scanner-run"),
  ]);
  return await new Rest(url).post("/api/scan", { name }, scannerRunShape, scanWithinMs);
}
