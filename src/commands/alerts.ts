import type { Command } from "commander";
import { alertStates, alertTypes, priorities } from "../core/alert";
import type { AlertShape } from "../views/shapes";
import type { Answers } from "./ask/answers";
import type { AlertQuestion } from "./ask/questions";
import { list } from "./listing";
import { addListing, addWatch, choice, symbolOption, type ListOptions, type WatchOptions } from "./options";
import { arrowed, directionTone, priorityTone } from "./print/paint";
import type { Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";
import { watch } from "./watch";

type AlertOptions = ListOptions & WatchOptions & AlertQuestion;

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
  const ask = (answers: Answers, limit: number) => answers.alerts({ limit, since, until, priority, minPriority, type, symbol, source, state });
  const showing = showingWith(timeFormatFor(options));
  if (options.watch === true) await watch(options, { topic: "alerts", ask, showing });
  else await list(options, (answers) => ask(answers, options.limit), showing);
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
      { head: "SYMBOL", text: ({ symbol }) => symbol, tone: () => "strong", atLeast: 10, leaves: 5 },
      { head: "DIRECTION", text: ({ direction }) => arrowed(direction), tone: ({ direction }) => directionTone(direction), leaves: 4 },
      { head: "STATE", text: ({ state }) => state, tone: ({ state }) => (state === "open" ? null : "quiet"), leaves: 3 },
      { head: "SOURCE", text: ({ source }) => source, atLeast: 7, leaves: 1 },
      { head: "MESSAGE", text: ({ message }) => message, atLeast: 24 },
    ],
  };
}
