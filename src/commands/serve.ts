import type { Command } from "commander";
import { loadConfig, type Flags } from "../config";
import { say } from "./print/print";
import { runUntilStopped } from "./run-until-stopped";
import { addServeFlags } from "./serve-flags";

export function define(command: Command): void {
  addServeFlags(command).action(run);
}

async function run(flags: Flags): Promise<void> {
  await runUntilStopped(async () => {
    const config = await loadConfig(flags);
    const { startDaemon } = await import("../daemon");
    const daemon = await startDaemon(config);
    say(`virtuoso ready ${new URL("dashboard", `${daemon.url}/`).href}`);
    return daemon;
  });
}
