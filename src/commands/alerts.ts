import type { Command } from "commander";
import { alertFilter } from "../store/filters/alerts";
import type { AlertShape } from "../views/alerts";
import { matchOption } from "./match-option";
import { addFilter, chosenOf, sourceFlag, symbolFlag } from "./filter";
import { list } from "./listing";
import { addListing, addWatch, type ListOptions, type WatchOptions } from "./options";
import { arrowed, directionTone, priorityTone } from "./print/paint";
import type { Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";
import { watch } from "./watch";

type AlertOptions = ListOptions & WatchOptions;

export function define(command: Command): void {
  addFilter(addWatch(addListing(command)), alertFilter, {
    priority: ["--priority <priority>", "of this priority"],
    min_priority: ["--min-priority <priority>", "of this priority or more urgent"],
    type: ["--type <type>", "of this type"],
    symbol: symbolFlag,
    source: sourceFlag,
    state: ["--state <state>", "in this state"],
    delivery: ["--delivery <state>", "a message about it failed"],
  })
    .addOption(matchOption("--match <matcher>", "only what matches, such as rule=~source-.*; may be repeated"))
    .action(run);
}

async function run(options: AlertOptions): Promise<void> {
  const { since, until, limit } = options;
  const filter = { ...chosenOf(alertFilter, options), since, until, limit };
  const showing = showingWith(timeFormatFor(options));
  if (options.watch === true) await watch("alerts", options, filter, showing);
  else await list("alerts", options, filter, showing);
}

function showingWith(format: FormatTime): Showing<AlertShape> {
  return {
    idOf: ({ id }) => id,
    none: "no alerts match",
    columns: [
      { head: "ID", text: ({ id }) => id },
      { head: "RAISED", text: ({ timestamp }) => format(timestamp) },
      { head: "PRIORITY", text: ({ priority }) => priority, tone: ({ priority }) => priorityTone(priority) },
      { head: "TYPE", text: ({ type }) => type, leaves: 2 },
      { head: "SYMBOL", text: ({ symbol }) => symbol, tone: () => "strong", widthMin: 10, leaves: 5 },
      {
        head: "DIRECTION",
        text: ({ direction }) => arrowed(direction),
        tone: ({ direction }) => directionTone(direction),
        leaves: 4,
      },
      {
        head: "STATE",
        text: ({ state }) => state,
        tone: ({ state }) => (state === "open" ? null : "quiet"),
        leaves: 3,
      },
      { head: "SOURCE", text: ({ source }) => source, widthMin: 7, leaves: 1 },
      { head: "MESSAGE", text: ({ message }) => message, widthMin: 24 },
    ],
  };
}
