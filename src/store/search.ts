import type { Signal } from "../core/signal";
import type { Opportunity } from "../core/opportunity";
import type { OpportunityRow, SignalRow } from "./rows";

/** Everything of a signal that a person may look for. */
export function searchWords(row: SignalRow, { words, symbolAsWritten, signalId }: Signal): string {
  return [
    row.symbol,
    symbolAsWritten,
    row.direction,
    row.word,
    row.source,
    row.strategy,
    row.exchange,
    row.timeframe,
    row.path,
    signalId,
    ...words.map(({ text }) => text),
  ]
    .filter((each) => each !== null)
    .join("\n");
}

/** Everything of an opportunity that a person may look for. */
export function opportunityWords(
  { symbol, pattern, source, riskLevel }: OpportunityRow,
  { insight, action }: Opportunity,
): string {
  return [symbol, pattern.replaceAll("_", " "), source, riskLevel, insight, action]
    .filter((each) => each !== null)
    .join("\n");
}

/**
 * What a person typed as an FTS5 query: every word as it stands, the last one as a beginning. Null where there is no
 * word in it, which nothing has.
 */
export function matchExpression(typed: string): string | null {
  // A control sign parts words as a space does, and NUL would end the whole query.
  const words = typed.split(/[\s\p{Cc}]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return null;
  return words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(" ");
}
