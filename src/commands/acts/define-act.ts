import type { Command } from "commander";
import type { ActOutcome } from "../../core/act";
import type { Matcher } from "../../core/matcher";
import type { ActedShape } from "../../views/acts";
import { exitCodes, WrongUsage } from "../exit";
import { matcherGiven } from "../match-option";
import { addOutput, addRemote, momentOption, type RemoteOptions } from "../options";
import type { Tone } from "../print/paint";
import { printItems, type Format, type Showing } from "../print/print";

/** What is done with alerts at the command line. */
export type CommandAct = "acknowledge" | "unacknowledge" | "resolve";

export interface ActOptions extends RemoteOptions {
  readonly output: Format;
  readonly note?: string;
  /** Epoch ms. */
  readonly since?: number;
  /** ms */
  readonly for?: number;
}

/** Does it with each alert, prints what came of it, and fails where it does not hold for all. */
export function defineAct(command: Command, act: CommandAct): Command {
  return addOutput(addRemote(command))
    .argument("<what...>", "alerts such as a12, or matchers such as symbol=BTCUSDT: all that stand and match")
    .option("--note <text>", "why, for the others")
    .addOption(momentOption("--since <time>", "of those that match, raised since: 4h, 2d or an ISO 8601 time"))
    .action(async (words: readonly string[], options: ActOptions) => {
      const chosen = chosenBy(words, options.since);
      const { actAtCommandLine } = await import("./act");
      const items = await actAtCommandLine(act, chosen, options);
      printItems(items, options.output, showing(act));
      if (items.some(({ outcome }) => outcome !== "done" && outcome !== "already")) process.exitCode = exitCodes.failed;
    });
}

/** Alerts by their ids, or all that stand and match. */
export type Chosen =
  | { readonly ids: readonly string[] }
  | { readonly match: readonly Matcher[]; readonly since: number | undefined };

function isId(word: string): boolean {
  return /^a\d+$/.test(word);
}

/** Throws WrongUsage, and InvalidArgumentError for a matcher that is none. */
function chosenBy(words: readonly string[], since: number | undefined): Chosen {
  if (words.some(isId)) {
    const other = words.find((word) => !isId(word));
    if (other !== undefined) throw new WrongUsage(`either ids or matchers: ${other} is no id such as a12`);
    if (since !== undefined)
      throw new WrongUsage("--since narrows what matches: alerts named by their ids are all meant");
    return { ids: words };
  }
  return { match: words.map(matcherGiven), since };
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
