import { InvalidArgumentError, Option, type Command } from "commander";
import { opportunityFilter } from "../store/filters/opportunities";
import type { OpportunityShape } from "../views/opportunities";
import { addFilter, chosenOf, symbolFlag } from "./filter";
import { list } from "./listing";
import { addListing, type ListOptions } from "./options";
import { decisionOf, decisionTone } from "./print/decision";
import { percentOf } from "./print/figures";
import type { Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";

export function define(command: Command): void {
  addFilter(addListing(command), opportunityFilter, {
    symbol: symbolFlag,
    pattern: ["--pattern <pattern>", "of this pattern, such as beta_expansion"],
  })
    .addOption(
      new Option("--min-confidence <n>", "at least this confident: a ratio to 1, or percent to 100").argParser(
        confidenceGiven,
      ),
    )
    .action(run);
}

async function run(options: ListOptions): Promise<void> {
  const { since, until, limit } = options;
  const filter = { ...chosenOf(opportunityFilter, options), since, until, limit };
  await list("opportunities", options, filter, showingWith(timeFormatFor(options)));
}

/** The API speaks of ratios and the page of percent: less than one percent is asked for by no one. */
function confidenceGiven(text: string): number {
  const number = /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(number <= 100)) throw new InvalidArgumentError("Expected a ratio from 0 to 1, or percent up to 100.");
  return number <= 1 ? number : number / 100;
}

function showingWith(format: FormatTime): Showing<OpportunityShape> {
  return {
    idOf: ({ id }) => id,
    none: "no opportunities match",
    columns: [
      { head: "ID", text: ({ id }) => id },
      { head: "OBSERVED", text: ({ timestamp }) => format(timestamp) },
      { head: "SYMBOL", text: ({ symbol }) => symbol, tone: () => "strong", widthMin: 10 },
      { head: "PATTERN", text: ({ pattern }) => pattern, widthMin: 16 },
      { head: "CONFIDENCE", text: ({ confidence }) => ratioOf(confidence), align: "right", unknown: "no data" },
      {
        head: "POTENTIAL",
        text: ({ alpha_potential: potential }) => ratioOf(potential),
        align: "right",
        unknown: "no data",
        leaves: 3,
      },
      { head: "RISK", text: ({ risk_level: risk }) => risk, unknown: "no data", leaves: 2 },
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

function ratioOf(ratio: number | null): string | null {
  return percentOf(ratio === null ? null : ratio * 100);
}
