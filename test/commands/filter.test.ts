import { describe, expect, test } from "bun:test";
import { Command } from "commander";
import { addFilter, chosenOf } from "../../src/commands/filter";
import { alertFilter } from "../../src/store/filters/alerts";
import { decisionFilter } from "../../src/store/filters/decisions";
import { signalFilter } from "../../src/store/filters/signals";

function parse(words: readonly string[], define: (command: Command) => Command): object {
  const command = define(new Command("list"))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return command.parse([...words], { from: "user" }).opts();
}

const alerts = (...words: string[]) =>
  parse(words, (command) =>
    addFilter(command, alertFilter, {
      min_priority: ["--min-priority <priority>", "of this priority or more urgent"],
      symbol: ["--symbol <symbol>", "a symbol"],
    }),
  );
const signals = (...words: string[]) =>
  parse(words, (command) =>
    addFilter(command, signalFilter, { min_strength: ["--min-strength <n>", "at least this strong"] }),
  );
const decisions = (...words: string[]) =>
  parse(words, (command) => addFilter(command, decisionFilter, { reason: ["--reason <word>", "held back by it"] }));

describe("an option is read by the field of its filter", () => {
  test("words in any case, symbols in any spelling, numbers as numbers", () => {
    const options = alerts("--min-priority", "HIGH", "--symbol", "btc/usdt");
    expect(chosenOf(alertFilter, options)).toEqual({ min_priority: "high", symbol: "BTCUSDT" });
    expect(chosenOf(signalFilter, signals("--min-strength", "71.5"))).toEqual({ min_strength: 71.5 });
  });

  test("what is not chosen is not narrowed by, and what is no field of the filter is none of it", () => {
    expect(chosenOf(alertFilter, { ...alerts(), data: "elsewhere" })).toEqual({});
  });

  test("what the field refuses is refused in the words of its choices and bounds", () => {
    expect(() => alerts("--min-priority", "loud")).toThrow("Allowed choices are low, medium, high.");
    expect(() => alerts("--symbol", "日本")).toThrow("Expected a symbol such as BTCUSDT or BTC/USDT.");
    expect(() => signals("--min-strength", "101")).toThrow("Expected a number from 0 to 100.");
    expect(() => decisions("--reason", "late")).toThrow("Allowed choices are inhibited, silenced, cooldown, cap.");
  });
});
