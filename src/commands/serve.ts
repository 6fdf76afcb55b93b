import type { Command } from "commander";
import { loadConfig, type Flags } from "../config";
import { programName } from "../config/environment";
import type { Daemon } from "../daemon";
import { paintFor } from "./print/paint";
import { remark, printLine } from "./print/print";
import { runUntilStopped } from "./run-until-stopped";
import { addServeFlags } from "./serve-flags";
import { startBlock } from "./start-block";

export function define(command: Command): void {
  addServeFlags(command).action(run);
}

async function run(flags: Flags): Promise<void> {
  let folders: readonly string[] = [];
  await runUntilStopped(
    async (signal, ousted) => {
      const config = await loadConfig(flags);
      folders = config.sources.map(({ dir }) => dir);
      const { startDaemon } = await import("../daemon");
      return await startDaemon(config, { signal, ousted });
    },
    (daemon) => sayReady(daemon, folders),
  );
}

/** One line for whoever started it, and the first steps for a person at a terminal. */
function sayReady(daemon: Daemon, folders: readonly string[]): void {
  const program = programName();
  const listensOn = daemon.publicUrl.startsWith(daemon.url) ? null : daemon.url;
  printLine(`virtuoso ready ${daemon.publicUrl}/dashboard`);
  if (process.stderr.isTTY) {
    // A link is a key: it is shown to a person at a terminal, and written into no file.
    const link = daemon.lacksAccount ? daemon.createLink() : null;
    return remark(startBlock({ listensOn, link, folders, program }, paintFor(process.stderr)));
  }
  if (listensOn !== null) remark(`it listens on ${listensOn}`);
  if (daemon.lacksAccount) remark(`no account exists yet: ${program} signin-link prints a link that makes the first`);
}
