import { Option, type Command } from "commander";
import { gates } from "../core/decide/decision";
import type { DecisionShape } from "../views/shapes";
import type { HeldQuery } from "./client/queries";
import { list } from "./listing";
import { addListing, choice, symbolOption, type ListOptions } from "./options";
import { numberOf } from "./print/figures";
import { priorityTone } from "./print/paint";
import type { Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";

type HeldOptions = ListOptions & HeldQuery;

export function define(command: Command): void {
  addListing(command)
    .addOption(choice("--reason <word>", "held back by this word", gates))
    .addOption(symbolOption())
    .option("--source <name>", "of this source")
    .addOption(
      new Option(
        "--missed <id>",
        "what this alert about signals missed while away sums up, in place of what was held back",
      ).conflicts("reason"),
    )
    .action(run);
}

async function run(options: HeldOptions): Promise<void> {
  const { reason, missed, symbol, source, since, until, limit } = options;
  await list(
    options,
    (client) => client.held({ reason, missed, symbol, source, since, until, limit }),
    showingWith(timeFormatFor(options)),
  );
}

function showingWith(format: FormatTime): Showing<DecisionShape> {
  return {
    // What it was about is what `why` can tell more of.
    idOf: ({ id, subject_id: subject }) => subject ?? id,
    none: "nothing was held back",
    columns: [
      { head: "ID", text: ({ subject_id: subject }) => subject },
      { head: "HELD BACK", text: ({ timestamp }) => format(timestamp) },
      { head: "REASON", text: ({ word }) => word, tone: () => "notable" },
      { head: "PRIORITY", text: ({ priority }) => priority, tone: ({ priority }) => priorityTone(priority), leaves: 4 },
      { head: "SYMBOL", text: ({ symbol }) => symbol, tone: () => "strong", widthMin: 10 },
      {
        head: "STRENGTH",
        text: ({ strength }) => numberOf(strength, 1),
        align: "right",
        unknown: "no data",
        leaves: 3,
      },
      { head: "SOURCE", text: ({ source }) => source, widthMin: 7, leaves: 1 },
      { head: "RULE", text: ({ rule }) => rule, widthMin: 10, leaves: 2 },
      { head: "BECAUSE", text: ({ note }) => note, widthMin: 30 },
    ],
  };
}
