import { z } from "zod";
import { alertTypes, priorities } from "./alert";
import { patternFault } from "./linear-pattern";
import { labelPrefix, matcherNames, matcherOps, parseMatcher, type Matcher } from "./matcher";
import { directions } from "./signal";
import { symbolOf } from "./symbol";

/** What a field may say, where that is a few words. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  type: alertTypes,
  kind: ["event", "state"],
  priority: priorities,
  direction: directions,
};

const written = z.strictObject({
  name: z.string().max(80),
  op: z.enum(matcherOps),
  value: z.string().max(500),
});

/** One matcher as the config and the API have it; words are read in any case, symbols in any spelling. */
const matcherSchema = written.transform((matcher, context): Matcher => {
  const read = readMatcher(matcher);
  if (typeof read !== "string") return read;
  context.addIssue({ code: "custom", message: read });
  return z.NEVER;
});

const matchersMax = 20;

/** What is matched: all of it must hold. An empty list would match everything, which none means. */
export const matchSchema = z.array(matcherSchema).min(1).max(matchersMax);

/** The same where the empty list is meant to take everything. */
export const anyMatchSchema = z.array(matcherSchema).max(matchersMax);

const matcherWords = "a matcher such as symbol=BTCUSDT, priority>=medium or rule=~source-.*";

const oneWord = z
  .string()
  .max(600)
  .transform((text, context): Matcher => {
    const parsed = parseMatcher(text);
    const read = parsed === null ? `expected ${matcherWords}` : readMatcher(parsed);
    if (typeof read !== "string") return read;
    context.addIssue({ code: "custom", message: read });
    return z.NEVER;
  });

/** The same as words: one, or several where the parameter is repeated. */
export const matchWords = z.union([oneWord.transform((matcher) => [matcher]), z.array(oneWord).max(matchersMax)]).meta({
  description: `Matchers, all of which must hold; may be repeated: ${matcherNames.join(", ")} or label.NAME, then = != =~ !~ or >=, then a value.`,
  parameter: { type: "array", items: { type: "string" } },
});

/** Whether a matcher may compare what is called so. */
export function isMatcherName(name: string): boolean {
  const isLabel = name.startsWith(labelPrefix) && name.length > labelPrefix.length;
  return isLabel || (matcherNames as readonly string[]).includes(name);
}

/** The matcher in one spelling, or what is wrong with it. */
export function readMatcher({ name, op, value }: Matcher): Matcher | string {
  if (!isMatcherName(name)) return `expected one of ${matcherNames.join(", ")} or label.NAME, got ${name}`;
  if (op === ">=" && name !== "priority") return ">= compares priorities alone";
  if (op === "=~" || op === "!~") {
    const fault = patternFault(value);
    return fault === null ? { name, op, value } : `${value} is no regular expression that can be used: ${fault}`;
  }
  const words = wordsOf[name];
  if (words === undefined || (value === "" && op !== ">="))
    return { name, op, value: name === "symbol" ? (symbolOf(value)?.symbol ?? value) : value };
  const known = words.find((each) => each.toLowerCase() === value.toLowerCase());
  return known === undefined ? `expected ${name} ${words.join(", ")}, got ${value}` : { name, op, value: known };
}
