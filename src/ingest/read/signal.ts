import { strengthOf, type Signal } from "../../core/signal";
import { readComponents } from "./components";
import { aheadOf, arrivedAt, readDating, type Dating } from "./dating";
import { readDirection } from "./direction";
import { pick, type Entry } from "./entry";
import { ParseError } from "./parse-error";
import { momentOf } from "./moment";
import { pickPrice, readPlan } from "./plan";
import { nothing, type Read } from "./read";
import { refusalOf } from "./refusal";
import { readReliability } from "./reliability";
import { readScore } from "./score";
import { readSymbol } from "./symbol";
import { idOf, LABEL_MAX, textOf } from "./text";
import { readVenue } from "./venue";
import { readWords } from "./words";

/** One entry as a signal, or its refusal. */
export function readSignal(entry: Entry): Read {
  // The time comes first: a report refused for something else still tells when it claims to be from.
  const dating = readDating(entry);
  const signal = signalOf(entry, dating);
  return signal instanceof ParseError
    ? { ...nothing, refusals: [refusalOf(signal, entry.element, dating)] }
    : { ...nothing, signals: [signal] };
}

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
    strategy: pick(entry, "strategy", "a name", (value) => textOf(value, LABEL_MAX)) ?? entry.parseOptions.strategy,
    timeframe: pick(entry, "timeframe", "a timeframe", idOf),
    signalId: pick(entry, "signalId", "an id", idOf),
    transactionId: pick(entry, "transactionId", "an id", idOf),
    plan: readPlan(entry),
    components: readComponents(entry),
    words: readWords(entry),
  };
}
