import type { Market } from "../../core/signal";
import { pick, type Entry } from "./entry";
import { labelMax, textOf } from "./text";
import type { JsonValue } from "./value";

const marketWords: ReadonlyMap<string, Market> = new Map([
  ["spot", "spot"],
  ...["perp", "perpetual", "swap", "linear", "inverse"].map((word) => [word, "perp"] as const),
  ...["option", "options"].map((word) => [word, "option"] as const),
  ...["future", "futures", "delivery"].map((word) => [word, "future"] as const),
]);

/** Where an entry says it trades; null what it does not say. Exchanges are lower case, as everywhere. */
export function readVenue(entry: Entry): { readonly exchange: string | null; readonly market: Market | null } {
  return {
    exchange: pick(entry, "exchange", "a name", (value) => textOf(value, labelMax)?.toLowerCase() ?? null),
    market: pick(entry, "market", "spot, perp or future", marketOf),
  };
}

function marketOf(value: JsonValue): Market | null {
  return typeof value === "string" ? (marketWords.get(value.trim().toLowerCase()) ?? null) : null;
}
