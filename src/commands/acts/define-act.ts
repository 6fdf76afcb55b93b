import type { Command } from "commander";
import type { ActOutcome } from "../../core/act";
import type { ActedShape } from "../../views/acts";
import { exitCodes } from "../exit";
import { addOutput, addRemote, type RemoteOptions } from "../options";
import type { Tone } from "../print/paint";
import { printItems, type Format, type Showing } from "../print/print";

/** What is done with alerts at the command line. */
export type CommandAct = "acknowledge" | "unacknowledge" | "resolve";

export interface ActOptions extends RemoteOptions {
  readonly output: Format;
  readonly note?: string;
  /** ms */
  readonly for?: number;
}

/** Does it with each alert, prints what came of it, and fails where it does not hold for all. */
export function defineAct(command: Command, act: CommandAct): Command {
  return addOutput(addRemote(command))
    .argument("<id...>", "alerts, such as a12")
    .option("--note <text>", "why, for the others")
    .action(async (ids: readonly string[], options: ActOptions) => {
      const { actAtCommandLine } = await import("./act");
      const items = await actAtCommandLine(act, ids, options);
      printItems(items, options.output, showing(act));
      if (items.some(({ outcome }) => outcome !== "done" && outcome !== "already")) process.exitCode = exitCodes.failed;
    });
}

const doneWords: Readonly<Record<CommandAct, Readonly<Record<"done" | "already", string>>>> = {
  acknowledge: { done: "acknowledged", already: "you have it already" },
  unacknowledge: { done: "given back", already: "no one had it" },
  resolve: { done: "resolved", already: "resolved before" },
};

const otherWords: Readonly<Record<Exclude<ActOutcome, "done" | "already">, string>> = {
  ended: "it has ended",
  expires: "it is an event: it ends by itself, at its time",
  unknown: "there is no such alert",
};

const tones: Readonly<Record<ActOutcome, Tone>> = {
  done: "good",
  already: "quiet",
  ended: "notable",
  expires: "notable",
  unknown: "bad",
};

type Item = ActedShape["items"][number];

function showing(act: CommandAct): Showing<Item> {
  return {
    idOf: ({ id }) => id,
    none: "no alerts match",
    columns: [
      { head: "ID", text: ({ id }) => id },
      {
        head: "OUTCOME",
        text: ({ outcome }) =>
          outcome === "done" || outcome === "already" ? doneWords[act][outcome] : otherWords[outcome],
        tone: ({ outcome }) => tones[outcome],
      },
    ],
  };
}
