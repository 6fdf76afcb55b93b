import { readSymbolText, type NamedSymbol } from "../../core/symbol";
import { look, type Entry } from "./entry";
import { ParseError } from "./parse-error";
import { shown } from "./notes";
import { isPlaceholder } from "./placeholder";

/** The symbol of an entry; its name's where the body gives none. */
export function readSymbol(entry: Entry): NamedSymbol | ParseError {
  const given = look(entry, "symbol");
  for (const { key, value } of given) {
    if (typeof value !== "string" || isPlaceholder(value)) {
      entry.notes.missing(key, "symbol", value, "not a symbol");
      continue;
    }
    const named = readSymbolText(value);
    if ("why" in named) return new ParseError("bad-symbol", `${key} is ${shown(value)}, which ${named.why}.`);
    entry.notes.read(key, "symbol", value, named.symbol);
    return named;
  }
  const first = given[0];
  if (first !== undefined) return new ParseError("no-symbol", `${first.key} is ${shown(first.value)}, not a symbol.`);
  const { symbol } = entry.hints();
  if (symbol === null) return new ParseError("no-symbol", "Neither the report nor its name gives a symbol.");
  entry.notes.read("(name)", "symbol", symbol.asWritten, symbol.symbol);
  return symbol;
}
