import type { Command } from "commander";
import { defineAct } from "./acts/define-act";
import { durationOption } from "./options";

export function define(command: Command): void {
  defineAct(command, "acknowledge").addOption(
    durationOption("--for <time>", "until when it is looked at again, such as 2h (default: 4h)"),
  );
}
