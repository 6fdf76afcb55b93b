import { strengthOf, type Signal } from "../../core/signal";
import { readComponents } from "../read/components";
import { aheadOf, arrivedAt, readDating, type Dating } from "../read/dating";
import { readDirection } from "../read/direction";
import { gives, pick, type Entry } from "../read/entry";
import { noteIgnored } from "../read/ignored";
import { ParseError } from "../read/parse-error";
import { momentOf } from "../read/moment";
import { pickPrice, readPlan } from "../read/plan";
import { nothing } from "../read/read";
import { refusalOf } from "../read/refusal";
import { readReliability } from "../read/reliability";
import { readScore } from "../read/score";
import { readSymbol } from "../read/symbol";
import { idOf, labelMax, textOf } from "../read/text";
import { readVenue } from "../read/venue";
import { readWords } from "../read/words";
import type { Parser } from "./parser";

/** What a strategy says about one symbol: plain, in an envelope, or with the parts of its score. */
export const signal: Parser = {
  name: "signal",

  /** Any hint at a symbol or a direction, so that what is missing or wrong in it is said. */
  claims: (entry) =>
    gives(entry, "symbol") ||
    gives(entry, "direction") ||
    entry.hints().symbol !== null ||
    entry.hints().direction !== null,

  read(entry) {
    // The time comes first: what is refused for something else still has the time it claims.
    const dating = readDating(entry);
    const read = signalOf(entry, dating);
    if (read instanceof ParseError) return { ...nothing, refusals: [refusalOf(read, entry.element, dating)] };
    noteIgnored(entry);
    return { ...nothing, signals: [read] };
  },
};

function signalOf(entry: Entry, dating: Dating | ParseError): Signal | ParseError {
  const named = readSymbol(entry);
  if (named instanceof ParseError) return named;
  const worded = readDirection(entry);
  if (worded instanceof ParseError) return worded;
  const score = readScore(entry);
  if (score instanceof ParseError) return score;
  const reliability = readReliability(entry);
  if (reliability instanceof ParseError) return reliability;
  if (dating instanceof ParseError) return dating;
  const ahead = aheadOf(dating, entry.now);
  if (ahead !== null) return ahead;
  const venue = readVenue(entry);
  return {
    symbol: named.symbol,
    symbolAsWritten: named.asWritten,
    exchange: venue.exchange ?? named.exchange,
    market: venue.market ?? named.market,
    direction: worded.direction,
    word: worded.word,
    score,
    strength: strengthOf(worded.direction, score, entry.parseOptions.score),
    reliability,
    price: pickPrice(entry, "price"),
    observedAt: dating.at,
    datedBy: dating.datedBy,
    zoneAssumed: dating.zoneAssumed,
    expiresAt: pick(
      entry,
      "expiresAt",
      "a time",
      (value) => momentOf(value, entry.parseOptions.zone, arrivedAt(entry.mtimeMs, entry.now))?.at ?? null,
    ),
    strategy: pick(entry, "strategy", "a name", (value) => textOf(value, labelMax)) ?? entry.parseOptions.strategy,
    timeframe: pick(entry, "timeframe", "a timeframe", idOf),
    signalId: pick(entry, "signalId", "an id", idOf),
    transactionId: pick(entry, "transactionId", "an id", idOf),
    plan: readPlan(entry),
    components: readComponents(entry),
    words: readWords(entry),
  };
}
