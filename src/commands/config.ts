import type { Command } from "commander";
import {
  addOutput,
  addPlace,
  addRemote,
  addTime,
  numberOption,
  type PlaceOptions,
  type RemoteOptions,
  type TimeOptions,
} from "./options";
import type { Format } from "./print/print";

/** Each is loaded when it is asked for: help waits for none of them. */
export function define(command: Command): void {
  addOutput(
    addRemote(
      command.command("get").description("each setting that may change at run time, and where its value comes from"),
    ),
  )
    .argument("[key]", "such as signals.min_score")
    .action(async (key: string | undefined, options: RemoteOptions & { readonly output: Format }) =>
      (await import("./config/get")).getSettings(key, options),
    );
  addRemote(command.command("set").description("set one at run time: it holds at once and wins over the config file"))
    .argument("<key>", "such as signals.min_score")
    .argument("<value>")
    .action(async (key: string, value: string, options: RemoteOptions) =>
      (await import("./config/set")).setSetting(key, value, options),
    );
  addRemote(command.command("unset").description("let the config file's value, or the default, hold again"))
    .argument("<key>", "such as signals.min_score")
    .action(async (key: string, options: RemoteOptions) => (await import("./config/set")).unsetSetting(key, options));
  addOutput(addPlace(command.command("check").description("check whether the config file can be used"))).action(
    async (options: PlaceOptions & { readonly output: Format }) =>
      (await import("./config/check")).checkConfig(options),
  );
  addTime(
    addOutput(
      addRemote(command.command("history").description("what was set at run time, when and by whom, newest first")),
    ),
  )
    .addOption(numberOption("--limit <n>", "most changes, 1 to 1000", 1, 1000, "whole").default(20))
    .action(async (options: RemoteOptions & TimeOptions & { readonly limit: number; readonly output: Format }) =>
      (await import("./config/history")).listHistory(options),
    );
}
