import type { Command } from "commander";
import { gates } from "../core/decision";
import type { DecisionShape } from "../views/shapes";
import type { HeldQuestion } from "./ask/questions";
import { list } from "./listing";
import { addListing, choice, symbolOption, type ListOptions } from "./options";
import { agoOf } from "./print/ago";
import { numberOf } from "./print/figures";
import { priorityTone } from "./print/paint";
import type { Showing } from "./print/print";

type HeldOptions = ListOptions & HeldQuestion;

export function define(command: Command): void {
  addListing(command)
    .addOption(choice("--reason <word>", "held back by this word", gates))
    .addOption(symbolOption())
    .option("--source <name>", "of this source")
    .action(run);
}

async function run(options: HeldOptions): Promise<void> {
  const { reason, symbol, source, since, limit } = options;
  await list(options, (answers) => answers.held({ reason, symbol, source, since, limit }), showingAt(Date.now()));
}

function showingAt(now: number): Showing<DecisionShape> {
  return {
    // What it was about is what `why` can tell more of.
    idOf: ({ id, subject_id: subject }) => subject ?? id,
    none: "nothing was held back",
    columns: [
      { head: "ID", text: ({ subject_id: subject }) => subject },
      { head: "HELD BACK", text: ({ timestamp }) => agoOf(timestamp, now) },
      { head: "REASON", text: ({ word }) => word, tone: () => "notable" },
      { head: "PRIORITY", text: ({ priority }) => priority, tone: ({ priority }) => priorityTone(priority) },
      { head: "SYMBOL", text: ({ symbol }) => symbol, tone: () => "strong", atLeast: 10 },
      { head: "STRENGTH", text: ({ strength }) => numberOf(strength, 1), align: "right", unknown: "no data" },
      { head: "SOURCE", text: ({ source }) => source, atLeast: 7 },
      { head: "RULE", text: ({ rule }) => rule, atLeast: 10 },
      { head: "BECAUSE", text: ({ note }) => note, atLeast: 12 },
    ],
  };
}
