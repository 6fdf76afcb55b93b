import { comparePriority, type Alert, type Priority } from "./alert";
import { LinearPattern } from "./linear-pattern";

/** One condition on an alert. All of a list must hold. */
export interface Matcher {
  /** One of `matcherNames`, or `label.` and the name of a detail. */
  readonly name: string;
  readonly op: MatcherOp;
  readonly value: string;
}

/** =~ and !~ compare with a regular expression over the whole value; >= by the rank of a priority. */
export const matcherOps = ["=~", "!~", "!=", ">=", "="] as const;
type MatcherOp = (typeof matcherOps)[number];

export const matcherNames = [
  "type",
  "kind",
  "priority",
  "rule",
  "source",
  "strategy",
  "symbol",
  "direction",
] as const satisfies readonly (keyof Matched | "strategy")[];
export const labelPrefix = "label.";

/** An alert, or one that would be raised, as far as matchers go. */
export type Matched = Pick<
  Alert,
  "type" | "kind" | "priority" | "rule" | "source" | "symbol" | "direction" | "fingerprint" | "details"
>;

/** Whether all hold; what an alert does not have is as the empty text. */
export function matches(match: readonly Matcher[], alert: Matched): boolean {
  return match.every((matcher) => holds(matcher, alert));
}

function holds(matcher: Matcher, alert: Matched): boolean {
  const value = valueOf(matcher.name, alert);
  switch (matcher.op) {
    case "=":
      return value === matcher.value;
    case "!=":
      return value !== matcher.value;
    case "=~":
      return patternOf(matcher).matches(value);
    case "!~":
      return !patternOf(matcher).matches(value);
    case ">=":
      return comparePriority(value as Priority, matcher.value as Priority) >= 0;
  }
}

/** What a matcher compares; the empty text where there is none. */
export function valueOf(name: string, alert: Matched): string {
  if (name === "strategy") return detail(alert, name);
  if (name.startsWith(labelPrefix)) return detail(alert, name.slice(labelPrefix.length));
  return alert[name as Exclude<(typeof matcherNames)[number], "strategy">] ?? "";
}

function detail(alert: Matched, name: string): string {
  const { details } = alert;
  const value = Object.hasOwn(details, name) ? details[name] : name === "subject" ? subjectOf(alert) : null;
  return value === null || value === undefined ? "" : String(value);
}

/** What an alert about the machinery is about, which its identity names; null of any other. */
function subjectOf({ type, fingerprint }: Matched): string | null {
  return type === "SYSTEM" ? ((JSON.parse(fingerprint) as (string | null)[])[2] ?? null) : null;
}

/** Of each matcher that stands somewhere, compiled when it is first used. */
const patterns = new WeakMap<Matcher, LinearPattern>();

function patternOf(matcher: Matcher): LinearPattern {
  let pattern = patterns.get(matcher);
  if (!pattern) patterns.set(matcher, (pattern = new LinearPattern(matcher.value)));
  return pattern;
}

/** `symbol=SOLUSDT priority>=medium`, as they are written at the command line. */
export function formatMatch(match: readonly Matcher[]): string {
  return match.map(formatMatcher).join(" ");
}

/** Quoted where a reader would else not see where it ends. */
export function formatMatcher({ name, op, value }: Matcher): string {
  return `${name}${op}${/^[\w.:/-]+$/.test(value) ? value : JSON.stringify(value)}`;
}

const word = /^\s*([a-z]+(?:\.[^\s=!~>"]+)?)\s*(=~|!~|!=|>=|=)\s*(.*?)\s*$/s;

/** Null where it is not of the form `name=value`; whether it means anything is the schema's to say. */
export function parseMatcher(text: string): Matcher | null {
  const [, name, op, given] = word.exec(text) ?? [];
  if (name === undefined || op === undefined || given === undefined) return null;
  const value = unquoted(given);
  return value === null ? null : { name, op: op as MatcherOp, value };
}

function unquoted(text: string): string | null {
  if (!text.startsWith('"')) return text;
  const inner = /^"((?:[^"\\]|\\.)*)"$/s.exec(text)?.[1];
  return inner === undefined ? null : inner.replaceAll(/\\(["\\])/g, "$1");
}
