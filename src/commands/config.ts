import type { Command } from "commander";
import { checkConfig } from "./config/check";
import { getSettings } from "./config/get";
import { listHistory } from "./config/history";
import { setSetting, unsetSetting } from "./config/set";
import { addOutput, addPlace, addRemote, numberOption } from "./options";

export function define(command: Command): void {
  addOutput(addRemote(command.command("get").description("each setting that may change at run time, and where its value comes from")))
    .argument("[key]", "such as signals.min_score")
    .action(getSettings);
  addRemote(command.command("set").description("set one at run time: it holds at once and wins over the config file"))
    .argument("<key>", "such as signals.min_score")
    .argument("<value>")
    .action(setSetting);
  addPlace(command.command("unset").description("let the config file's value, or the default, hold again"))
    .argument("<key>", "such as signals.min_score")
    .action(unsetSetting);
  addPlace(command.command("check").description("tell whether the config file can be used")).action(checkConfig);
  addOutput(addPlace(command.command("history").description("what was set at run time, when and by whom, newest first")))
    .addOption(numberOption("--limit <n>", "most changes, 1 to 1000", 1, 1000, "whole").default(20))
    .action(listHistory);
}
