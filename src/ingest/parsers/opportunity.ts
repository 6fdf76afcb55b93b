import { riskLevels, type Opportunity, type RiskLevel } from "../../core/opportunity";
import { aheadOf, readDating, type Dating } from "../read/dating";
import { bodyOf, type Entry } from "../read/entry";
import { noteIgnored } from "../read/ignored";
import { ParseError } from "../read/parse-error";
import { fractionOf, numberOf, ratioOf } from "../read/number";
import { shown } from "../read/notes";
import { isPlaceholder } from "../read/placeholder";
import { nothing, type Read } from "../read/read";
import { refusalOf } from "../read/refusal";
import { readSymbol } from "../read/symbol";
import { labelMax, sentenceMax, textOf } from "../read/text";
import { isList, isObject, own, type JsonObject, type JsonValue } from "../read/value";
import type { Parser } from "./parser";

const timeframesMax = 12;
const conditionsMax = 20;

const TIMEFRAME = /^[a-z0-9]{1,12}$/i;

/** Whether a body is an opportunity: it names a pattern and no direction. */
export function isOpportunity(body: JsonObject): boolean {
  return (
    typeof own(body, "divergence_type") === "string" &&
    typeof own(body, "signal") !== "string" &&
    own(body, "direction") === undefined
  );
}

/** A finding about a symbol against a benchmark, alone or in an array. */
export const opportunity: Parser = {
  name: "opportunity",
  claims: (entry) => isOpportunity(bodyOf(entry)),
  read(entry) {
    const read = readOpportunity(entry, bodyOf(entry));
    // A refused entry was not read to its end.
    if (read.refusals.length === 0) noteIgnored(entry);
    return read;
  },
};

/** One entry as an alpha opportunity, or its refusal. */
export function readOpportunity(entry: Entry, body: JsonObject): Read {
  const dating = readDating(entry);
  const opportunity = opportunityOf(entry, body, dating);
  return opportunity instanceof ParseError
    ? { ...nothing, refusals: [refusalOf(opportunity, entry.element, dating)] }
    : { ...nothing, opportunities: [opportunity] };
}

function opportunityOf(entry: Entry, body: JsonObject, dating: Dating | ParseError): Opportunity | ParseError {
  const named = readSymbol(entry);
  if (named instanceof ParseError) return named;
  const pattern = usable(entry, body, "divergence_type", "a name", (value) => textOf(value, labelMax));
  if (pattern === null) return new ParseError("unreadable", "divergence_type, which names the pattern, is not given.");
  if (dating instanceof ParseError) return dating;
  const risk = own(body, "risk_level");
  // Taken for absent, it would pass every limit.
  if (typeof risk === "string" && !isPlaceholder(risk) && riskOf(risk) === null) {
    return new ParseError("unreadable", `risk_level is ${shown(risk)}, not ${riskLevels.join(", ")}.`);
  }
  return (
    aheadOf(dating, entry.now) ?? {
      ...detailsOf(entry, body),
      symbol: named.symbol,
      pattern,
      observedAt: dating.at,
      datedBy: dating.datedBy,
    }
  );
}

function detailsOf(entry: Entry, body: JsonObject): Omit<Opportunity, "symbol" | "pattern" | "observedAt" | "datedBy"> {
  return {
    confidence: usable(entry, body, "confidence", "0 to 1", ratioOf),
    alphaPotential: usable(entry, body, "alpha_potential", "a number", fractionOf),
    riskLevel: usable(entry, body, "risk_level", riskLevels.join(", "), riskOf),
    timeframes: usable(entry, body, "timeframe_signals", "numbers by timeframe", timeframesOf) ?? {},
    insight: usable(entry, body, "trading_insight", "a text", sentence),
    action: usable(entry, body, "recommended_action", "a text", sentence),
    expectedDuration: usable(entry, body, "expected_duration", "a text", (value) => textOf(value, labelMax)),
    entryConditions: usable(entry, body, "entry_conditions", "a list", conditionsOf) ?? [],
    exitConditions: usable(entry, body, "exit_conditions", "a list", conditionsOf) ?? [],
  };
}

function sentence(value: JsonValue): string | null {
  return textOf(value, sentenceMax);
}

function usable<T>(
  entry: Entry,
  body: JsonObject,
  key: string,
  wanted: string,
  take: (value: JsonValue) => T | null,
): T | null {
  const value = own(body, key);
  if (value === undefined || value === null) return null;
  const taken = take(value);
  if (taken === null) entry.notes.missing(key, key, value, `not ${wanted}`);
  else entry.notes.read(key, key, value);
  return taken;
}

function riskOf(value: JsonValue): RiskLevel | null {
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  return riskLevels.find((level) => level.toLowerCase() === word) ?? null;
}

function timeframesOf(value: JsonValue): Readonly<Record<string, number>> | null {
  if (!isObject(value)) return null;
  const names = Object.keys(value)
    .filter((name) => TIMEFRAME.test(name))
    .slice(0, timeframesMax);
  return Object.fromEntries(
    names.flatMap((name) => {
      const number = numberOf(own(value, name));
      return number === null ? [] : [[name, number]];
    }),
  );
}

function conditionsOf(value: JsonValue): readonly string[] | null {
  return isList(value) ? value.slice(0, conditionsMax).flatMap((item) => sentence(item) ?? []) : null;
}
