import type { Command } from "commander";
import { loadConfig, type Flags } from "../config";
import type { Daemon } from "../daemon";
import { remark, printLine } from "./print/print";
import { runUntilStopped } from "./run-until-stopped";
import { addServeFlags } from "./serve-flags";

export function define(command: Command): void {
  addServeFlags(command).action(run);
}

async function run(flags: Flags): Promise<void> {
  await runUntilStopped(
    async (signal, ousted) => {
      const config = await loadConfig(flags);
      const { startDaemon } = await import("../daemon");
      return await startDaemon(config, { signal, ousted });
    },
    (daemon) => {
      printLine(`virtuoso ready ${daemon.publicUrl}/dashboard`);
      if (!daemon.publicUrl.startsWith(daemon.url)) remark(`it listens on ${daemon.url}`);
      if (daemon.lacksAccount) remark(firstRun(daemon));
    },
  );
}

/** A link is a key: it is shown to a person at a terminal, and written into no file. */
function firstRun(daemon: Daemon): string {
  if (!process.stderr.isTTY) return "no account exists yet: virtuoso signin-link prints a link that makes the first";
  return `no account exists yet: make the first with this link, once, within 15 minutes\n${daemon.createLink()}`;
}
