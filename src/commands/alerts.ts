import type { Command } from "commander";
import { alertStates, alertTypes, priorities } from "../core/alert";
import type { AlertShape } from "../views/shapes";
import type { Client } from "./client/client";
import type { AlertQuery } from "./client/queries";
import { list } from "./listing";
import { addListing, addWatch, choice, symbolOption, type ListOptions, type WatchOptions } from "./options";
import { arrowed, directionTone, priorityTone } from "./print/paint";
import type { Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";
import { watch } from "./watch";

type AlertOptions = ListOptions & WatchOptions & AlertQuery;

export function define(command: Command): void {
  addWatch(addListing(command))
    .addOption(choice("--priority <priority>", "of this priority", priorities))
    .addOption(choice("--min-priority <priority>", "of this priority or more urgent", priorities))
    .addOption(choice("--type <type>", "of this type", alertTypes))
    .addOption(symbolOption())
    .option("--source <name>", "of this source")
    .addOption(choice("--state <state>", "in this state", alertStates))
    .action(run);
}

async function run(options: AlertOptions): Promise<void> {
  const { priority, minPriority, type, symbol, source, state, since, until } = options;
  const query = (client: Client, limit: number) =>
    client.alerts({ limit, since, until, priority, minPriority, type, symbol, source, state });
  const showing = showingWith(timeFormatFor(options));
  if (options.watch === true) await watch(options, { topic: "alerts", query, showing });
  else await list(options, (client) => query(client, options.limit), showing);
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
