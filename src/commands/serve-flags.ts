import type { Command } from "commander";
import { addPlace, choice, numberOption } from "./options";

/** What every command takes that starts a daemon. */
export function addServeFlags(command: Command): Command {
  return addPlace(command)
    .option("--host <host>", "address to listen on (default: 127.0.0.1)")
    .addOption(numberOption("--port <port>", "port to listen on, 0 picks a free one (default: 8000)", 0, 65_535, "whole"))
    .option("--reports <dir>", "the folder reports are read from (default: reports/json)")
    .addOption(choice("--log-format <format>", "of the log on stderr (default: pretty on a terminal)", ["pretty", "json"]));
}
