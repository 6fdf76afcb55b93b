import { z } from "zod";

/** One thing that is wrong with what was given: where, as `signals.min_score`, and what was expected there. */
export interface PlainIssue {
  readonly path: string;
  readonly message: string;
}

/** Handed to every parse of what people write: the library's own words are for programmers. What a schema says itself stands. */
export const inPlainWords = { error: wordsFor } as const;

/** What was wrong with what was parsed `inPlainWords`; `root` names the whole. */
export function plainIssues(error: z.core.$ZodError, root = "(root)"): PlainIssue[] {
  return error.issues.map(({ path, message }) => ({ path: z.core.toDotPath(path) || root, message }));
}

function wordsFor(issue: z.core.$ZodRawIssue): string {
  const words = wordsOf(issue);
  // What is wrong with a secret is said without it.
  return /password|secret|token|code|key$/i.test(String(issue.path?.at(-1) ?? ""))
    ? words.replace(/, got .*$/s, "")
    : words;
}

function wordsOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return expected(typeNames[issue.expected] ?? issue.expected, issue.input);
    case "invalid_value":
      return expected(listed(issue.values), issue.input);
    case "too_small":
      return expected(
        sized(issue.origin, issue.inclusive === false ? `more than ${issue.minimum}` : `${issue.minimum} or more`),
        issue.input,
      );
    case "too_big":
      return expected(
        sized(issue.origin, issue.inclusive === false ? `less than ${issue.maximum}` : `${issue.maximum} at most`),
        issue.input,
      );
    case "not_multiple_of":
      return expected(`a multiple of ${issue.divisor}`, issue.input);
    case "invalid_format":
      return expected(formatNames[issue.format] ?? `text of the form ${issue.pattern ?? issue.format}`, issue.input);
    case "unrecognized_keys":
      return `there is no such field: ${issue.keys.join(", ")}`;
    case "invalid_union":
      return wordsForUnion(issue);
    case "invalid_key":
      return `the name is not one that may stand here: ${issue.issues.map(({ message }) => message).join("; ")}`;
    case "invalid_element":
      return issue.issues.map(({ message }) => message).join("; ");
    case "custom":
    default:
      return expected("something else", issue.input);
  }
}

/** One of several forms: each says what it wants, once. */
function wordsForUnion(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  if (Array.isArray(issue.options) && issue.options.length > 0) return expected(listed(issue.options), valueAt(issue));
  const wanted = issue.errors.map(
    ([first]) => first?.message.replace(/^expected /, "").replace(/, got .*$/s, "") ?? "",
  );
  const named = [...new Set(wanted.filter((each) => each !== ""))];
  return expected(named.length > 0 ? named.join(" or ") : "something else", issue.input);
}

/** Of a union discriminated by one field, what that field says. */
function valueAt({ input, discriminator }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): unknown {
  return discriminator !== undefined && typeof input === "object" && input !== null
    ? (input as Readonly<Record<string, unknown>>)[discriminator]
    : input;
}

const typeNames: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  date: "a date",
  null: "null",
};

const formatNames: Readonly<Record<string, string>> = {
  datetime: "a time such as 2026-01-31T08:00:00Z",
  date: "a date such as 2026-01-31",
  url: "an address such as https://desk.example.org",
  email: "an e-mail address",
  uuid: "a UUID",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
  json_string: "JSON",
};

function sized(origin: string, size: string): string {
  const noun = {
    string: " characters",
    array: " entries",
    set: " entries",
    map: " entries",
    object: " entries",
    file: " bytes",
  }[origin];
  if (noun === undefined) return size;
  if (size === "1 or more") return origin === "string" ? "text that is not empty" : "one entry at least";
  return size.replace(/\d+/, (count) => `${count}${noun}`);
}

function listed(values: readonly unknown[]): string {
  const shown = values.map((value) => String(value));
  return shown.length < 2 ? (shown[0] ?? "nothing") : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1) ?? ""}`;
}

const shownMax = 60;

function expected(what: string, input: unknown): string {
  return `expected ${what}, got ${shownAs(input)}`;
}

/** Of what was given, as much as one line takes. */
function shownAs(input: unknown): string {
  if (input === undefined) return "nothing";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object" && input !== null) return "an object";
  if (typeof input === "function") return "a function";
  // As JSON, which has no word for NaN, Infinity and large whole numbers.
  const text =
    typeof input === "number" || typeof input === "bigint" ? String(input) : (JSON.stringify(input) ?? "nothing");
  return text.length > shownMax ? `${text.slice(0, shownMax)}...` : text;
}
