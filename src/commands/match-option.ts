import { InvalidArgumentError, Option } from "commander";
import { parseMatcher, type Matcher } from "../core/matcher";
import { readMatcher } from "../core/match-schema";

/** A matcher that may be given several times; all of them must hold. */
export function matchOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string, before: readonly Matcher[] | undefined) => [
    ...(before ?? []),
    matcherGiven(text),
  ]);
}

/** Throws InvalidArgumentError where it is none. */
export function matcherGiven(text: string): Matcher {
  const parsed = parseMatcher(text);
  if (parsed === null)
    throw new InvalidArgumentError("Expected a matcher such as symbol=BTCUSDT, priority>=medium or rule=~source-.*.");
  const read = readMatcher(parsed);
  if (typeof read === "string") throw new InvalidArgumentError(`${read}.`);
  return read;
}
