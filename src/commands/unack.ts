import type { Command } from "commander";
import { defineAct } from "./acts/define-act";

export function define(command: Command): void {
  defineAct(command, "unacknowledge");
}
