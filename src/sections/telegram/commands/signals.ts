import { isGate } from "../../../core/decide/decision";
import { formatDirection } from "../../../core/text";
import { labelOf } from "../../../views/check-words";
import type { SignalShape } from "../../../views/signals";
import { agoOf } from "../words";
import { WrongWords, type Command } from "./command";
import { symbolsFor } from "./matchers";

const shownMax = 10;

export const signalsCommand: Command = {
  name: "signals",
  takes: "[SYMBOL]",
  does: "the newest signals",
  need: "dashboard.view",
  changes: false,
  async run(parts, _, words) {
    if (words.length > 1) throw new WrongWords("one symbol at most");
    const [word] = words;
    const symbols = word === undefined ? [undefined] : await symbolsFor(parts, word);
    const lists = await Promise.all(symbols.map((symbol) => parts.queries.signals({ symbol, limit: shownMax })));
    const items = lists
      .flatMap((list) => list.items)
      .toSorted((a, b) => Number(b.id.slice(1)) - Number(a.id.slice(1)))
      .slice(0, shownMax);
    if (items.length === 0) return "there is no signal yet";
    return items.map((signal) => lineOf(signal, parts.now())).join("\n");
  },
};

function lineOf(signal: SignalShape, now: number): string {
  const { id, symbol, direction, strength, reliability, price, decision, received_at: at } = signal;
  const said = [
    `strength ${strength === null ? "no data" : strength.toFixed(1)}`,
    `reliability ${reliability === null ? "no data" : `${reliability.toFixed(1)} %`}`,
    ...(price === null ? [] : [`price ${price}`]),
  ];
  const became =
    decision === "raised" ? "raised" : `${isGate(decision) ? "held back" : "no alert"}: ${labelOf(decision)}`;
  return `${id} ${symbol} ${formatDirection(direction)}, ${said.join(", ")}; ${became} (${agoOf(at, now)})`;
}
