import type { Command } from "commander";
import type { Flags } from "../config";
import { programName } from "../config/environment";
import { addServeFlags } from "./serve-flags";
import { numberOption } from "./options";
import { remark, printLine } from "./print/print";
import { runUntilStopped } from "./run-until-stopped";

interface DemoFlags extends Flags {
  readonly seed: number;
  readonly speed: number;
}

export function define(command: Command): void {
  addServeFlags(command)
    .addOption(numberOption("--seed <n>", "another seed, another market", 0, 4_294_967_295, "whole").default(1))
    .addOption(numberOption("--speed <x>", "how fast time goes once it is now", 0.1, 1000, "any").default(1))
    .action(run);
}

async function run({ seed, speed, ...flags }: DemoFlags): Promise<void> {
  await runUntilStopped(
    async (signal) => {
      const { startDemo } = await import("../demo/run");
      remark("DEMO: a simulated exchange and three simulated strategies; 48 h of history come first");
      return await startDemo({ flags, seed: String(seed), speed, signal, progressed: showProgress });
    },
    (demo) => {
      remark(`DEMO ready; in another terminal: ${programName()} alerts --url ${demo.url}`);
      printLine(`virtuoso ready ${demo.publicUrl}/dashboard`);
    },
  );
}

/** A bar on a terminal, a line every tenth elsewhere. */
function showProgress(share: number): void {
  const percent = Math.floor(share * 100);
  if (process.stderr.isTTY)
    process.stderr.write(
      `\rDEMO ${"█".repeat(Math.floor(percent / 5)).padEnd(20, "·")} ${percent} %${percent === 100 ? "\n" : ""}`,
    );
  else if (percent % 10 === 0 && percent !== lastLogged) remark(`DEMO history ${(lastLogged = percent)} %`);
}
let lastLogged = -1;
