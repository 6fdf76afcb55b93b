import type { Command } from "commander";
import { signalFilter } from "../store/filters/signals";
import type { SignalShape } from "../views/signals";
import { addFilter, chosenOf, sourceFlag, symbolFlag } from "./filter";
import { list } from "./listing";
import { addListing, addWatch, type ListOptions, type WatchOptions } from "./options";
import { decisionOf, decisionTone } from "./print/decision";
import { numberOf, percentOf } from "./print/figures";
import { arrowed, directionTone } from "./print/paint";
import type { Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";
import { watch } from "./watch";

type SignalOptions = ListOptions & WatchOptions;

export function define(command: Command): void {
  addFilter(addWatch(addListing(command)), signalFilter, {
    symbol: symbolFlag,
    source: sourceFlag,
    direction: ["--direction <direction>", "of this direction"],
    min_strength: ["--min-strength <n>", "at least this strong, 0 to 100"],
  }).action(run);
}

async function run(options: SignalOptions): Promise<void> {
  const { since, until, limit } = options;
  const filter = { ...chosenOf(signalFilter, options), since, until, limit };
  const showing = showingWith(timeFormatFor(options));
  if (options.watch === true) await watch("signals", options, filter, showing);
  else await list("signals", options, filter, showing);
}

function showingWith(format: FormatTime): Showing<SignalShape> {
  return {
    idOf: ({ id }) => id,
    none: "no signals match",
    columns: [
      { head: "ID", text: ({ id }) => id },
      { head: "OBSERVED", text: ({ timestamp, undated }) => (undated ? "undated" : format(timestamp)), leaves: 3 },
      { head: "RECEIVED", text: ({ received_at: at }) => format(at) },
      { head: "SYMBOL", text: ({ symbol }) => symbol, tone: () => "strong", widthMin: 10 },
      {
        head: "DIRECTION",
        text: ({ direction }) => arrowed(direction),
        tone: ({ direction }) => directionTone(direction),
      },
      {
        head: "STRENGTH",
        text: ({ strength }) => numberOf(strength, 1),
        align: "right",
        unknown: "no data",
        leaves: 5,
      },
      {
        head: "RELIABILITY",
        text: ({ reliability }) => percentOf(reliability),
        align: "right",
        unknown: "no data",
        leaves: 4,
      },
      { head: "PRICE", text: ({ price }) => numberOf(price), align: "right", unknown: "no data", leaves: 2 },
      { head: "SOURCE", text: ({ source }) => source, widthMin: 7, leaves: 1 },
      {
        head: "DECISION",
        text: ({ decision }) => decisionOf(decision),
        tone: ({ decision }) => decisionTone(decision),
        widthMin: 15,
      },
    ],
  };
}
