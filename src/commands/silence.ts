import type { Command } from "commander";
import { matcherGiven } from "./match-option";
import { addOutput, addRemote, addTime, choice, durationOption, type RemoteOptions, type TimeOptions } from "./options";
import type { Format } from "./print/print";

export interface SilenceOptions extends RemoteOptions, TimeOptions {
  readonly output: Format;
}

export interface TermsOptions extends SilenceOptions {
  /** ms */
  readonly for?: number;
  readonly until?: string;
  readonly alert?: string;
  readonly comment?: string;
  readonly includeHigh?: boolean;
}

/** Each is loaded when it is asked for: help waits for none of them. */
export function define(command: Command): void {
  addTime(addOutput(addRemote(command.command("add").description("mute what matches, and print the silence"))))
    .argument("[matcher...]", "such as symbol=SOLUSDT, or rule=~source-.*; all must hold")
    .addOption(durationOption("--for <time>", "how long, such as 2h").conflicts("until"))
    .option(
      "--until <time>",
      "an ISO 8601 time; resolved: until the alert has ended; opens:NAME: until that calendar opens next",
    )
    .option("--alert <id>", "the alert --until resolved speaks of; without matchers, what is like it is muted")
    .option("--comment <text>", "why, for the others")
    .option("--include-high", "what is of high priority too, which goes out otherwise")
    .action(async (words: readonly string[], options: TermsOptions) =>
      (await import("./silence/add")).addSilence(words.map(matcherGiven), options),
    );
  addTime(addOutput(addRemote(command.command("list").description("silences made at run time, newest first"))))
    .addOption(choice("--state <state>", "which", ["active", "ended", "all"]).default("active"))
    .action(async (options: SilenceOptions & { readonly state: "active" | "ended" | "all" }) =>
      (await import("./silence/list")).listSilences(options.state, options),
    );
  addOutput(addRemote(command.command("preview").description("what a silence would have hidden in the last 7 days")))
    .argument("<matcher...>", "as of add")
    .option("--include-high", "what is of high priority too")
    .action(async (words: readonly string[], options: TermsOptions) =>
      (await import("./silence/preview")).previewAtCommandLine(words.map(matcherGiven), options),
    );
  addTime(addOutput(addRemote(command.command("expire").description("end silences, at once"))))
    .argument("<id...>", "as list names them, such as q12")
    .action(async (ids: readonly string[], options: SilenceOptions) =>
      (await import("./silence/expire")).expireSilences(ids, options),
    );
}
