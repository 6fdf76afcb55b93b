import type { Command } from "commander";
import type { Flags } from "../config";
import { exitCodes } from "./exit";
import { addPlace, choice, numberOption } from "./options";
import { remark, say } from "./print/print";

/** A daemon that has not stopped by then will not: whoever asked waits at most 5 s. */
const stopsWithinMs = 4_700;

export function define(command: Command): void {
  addPlace(command)
    .option("--host <host>", "address to listen on (default: 127.0.0.1)")
    .addOption(numberOption("--port <port>", "port to listen on, 0 picks a free one (default: 8000)", 0, 65_535, "whole"))
    .option("--reports <dir>", "the folder reports are read from (default: reports/json)")
    .addOption(choice("--log-format <format>", "of the log on stderr (default: pretty on a terminal)", ["pretty", "json"]))
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const asked = stopAsked();
  const [{ loadConfig }, { startDaemon }] = await Promise.all([import("../config"), import("../daemon")]);
  const config = await loadConfig(flags);
  const daemon = await startDaemon(config);
  say(`virtuoso ready ${new URL("dashboard", `${daemon.url.replace(/\/+$/, "")}/`).href}`);
  await asked;
  setTimeout(() => {
    remark(`error: not everything stopped within ${stopsWithinMs} ms`);
    process.exit(exitCodes.failed);
  }, stopsWithinMs).unref();
  await daemon[Symbol.asyncDispose]();
  process.exit(exitCodes.done);
}

/** Done with the first SIGTERM or SIGINT; a second does not wait for anything. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(exitCodes.failed);
        asked = true;
        resolve();
      });
    }
  });
}
