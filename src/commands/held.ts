import type { Command } from "commander";
import { decisionFilter } from "../store/filters/decisions";
import type { DecisionShape } from "../views/decisions";
import { addFilter, chosenOf, filterOption, sourceFlag, symbolFlag } from "./filter";
import { list } from "./listing";
import { addListing, type ListOptions } from "./options";
import { numberOf } from "./print/figures";
import { priorityTone } from "./print/paint";
import type { Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";

export function define(command: Command): void {
  addFilter(addListing(command), decisionFilter, {
    reason: ["--reason <word>", "held back by this word"],
    symbol: symbolFlag,
    source: sourceFlag,
  })
    .addOption(
      filterOption(
        decisionFilter.shape.missed,
        "--missed <id>",
        "what this alert about signals missed while away sums up, in place of what was held back",
      ).conflicts("reason"),
    )
    .action(run);
}

async function run(options: ListOptions): Promise<void> {
  const { since, until, limit } = options;
  const chosen = chosenOf(decisionFilter, options);
  const outcome = chosen.reason === undefined && chosen.missed === undefined ? ("held" as const) : undefined;
  const filter = { ...chosen, outcome, since, until, limit };
  await list("decisions", options, filter, showingWith(timeFormatFor(options)));
}

function showingWith(format: FormatTime): Showing<DecisionShape> {
  return {
    // What it was about is what `why` explains.
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
