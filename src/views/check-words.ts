import type { Check, Word } from "../core/decide/decision";
import { formatDay, formatNumber } from "../core/text";

type CheckValues = Pick<Check, "value" | "limit" | "note">;
type Texts = Readonly<Record<keyof CheckValues, string>>;

/** A check as people read it: its outcome in a word or two, and the numbers and reasons behind it. */
export interface CheckText {
  readonly label: string;
  /** Empty where there is nothing to add. */
  readonly detail: string;
}

interface Wording {
  readonly label: string;
  /** In place of the label where nothing could be measured, which passes. */
  readonly unknown?: string;
  readonly detail: (texts: Texts) => string;
}

/** Where the time of a report was found. */
const datedBy: Readonly<Record<string, string>> = {
  body: "the report gives its time",
  name: "its time is in the file's name",
  mtime: "the time its file was written",
};

/** source-silent is "source silent". */
const plainName = (rules: string) => (/^[a-z, -]+$/.test(rules) ? ruleText(rules) : rules);

const byNote = ({ note }: Texts) => note;

/**
 * The one table from a check's word to what people read, on the page and on the command line. The word stays the
 * API's value.
 */
const wordings: Readonly<Record<Check["word"], { readonly passed: Wording; readonly failed: Wording }>> = {
  duplicate: {
    passed: { label: "new", detail: byNote },
    failed: { label: "seen before", detail: byNote },
  },
  late: {
    passed: {
      label: "fresh",
      unknown: "age not known",
      detail: ({ value, limit, note }) => (value === "" ? note : `${value} old, limit ${limit}`),
    },
    failed: {
      label: "late",
      detail: ({ value, limit, note }) => (limit === "" ? `${note}, ${value} before` : `${value} old, limit ${limit}`),
    },
  },
  undated: {
    passed: { label: "dated", detail: ({ value, note }) => (value === "" ? note : (datedBy[value] ?? value)) },
    failed: { label: "undated", detail: byNote },
  },
  unscored: {
    passed: {
      label: "scored",
      detail: ({ value }) => (value.endsWith("%") ? `confidence ${value}` : `score ${value}`),
    },
    failed: { label: "no score", detail: byNote },
  },
  "below-threshold": {
    passed: { label: "good enough", detail: measured },
    failed: { label: "below the threshold", detail: measured },
  },
  unreliable: {
    passed: {
      label: "reliable",
      unknown: "reliability not known",
      detail: ({ value, limit, note }) => (value === "" ? note : `${value}, at least ${limit}`),
    },
    failed: { label: "not reliable enough", detail: ({ value, limit }) => `${value}, at least ${limit}` },
  },
  inhibited: {
    passed: {
      label: "not explained",
      detail: ({ limit, note }) => (limit === "" ? note : `none of these holds: ${plainName(limit)}`),
    },
    failed: { label: "explained by another alert", detail: ({ value }) => plainName(value) },
  },
  silenced: {
    passed: { label: "not silenced", detail: byNote },
    failed: {
      label: "silenced",
      detail: ({ value, note }) => `until ${dayOf(value)}: ${note.replace(/^until then: /, "")}`,
    },
  },
  cooldown: {
    passed: {
      label: "no repeat",
      detail: ({ value, limit, note }) =>
        value === ""
          ? `no similar alert before; the cooldown is ${limit}`
          : `the last similar alert was ${before(value)}${passedCooldown(limit, note)}`,
    },
    failed: {
      label: "in cooldown",
      detail: ({ value, limit }) => `a similar alert ${before(value)}; the cooldown is ${limit}`,
    },
  },
  cap: {
    passed: {
      label: "room left",
      detail: ({ value, limit, note }) =>
        value === "" ? note : `place ${Number(value) + 1} of ${limit} of this scan interval`,
    },
    failed: { label: "over the cap", detail: ({ value, limit, note }) => `${value} of ${limit} raised, ${note}` },
  },
};

/** One check as people read it. */
export function checkText({
  word,
  passed,
  ...values
}: CheckValues & { readonly word: string; readonly passed: boolean }): CheckText {
  const texts = { value: textOf(values.value), limit: textOf(values.limit), note: values.note ?? "" };
  // A daemon of a later version may have checks that are not known here.
  if (!Object.hasOwn(wordings, word))
    return {
      label: word,
      detail: Object.values(texts)
        .filter((text) => text !== "")
        .join(", "),
    };
  const { label, unknown, detail } = wordings[word as Check["word"]][passed ? "passed" : "failed"];
  const named = word === "below-threshold" ? measuredLabels[measuredBy(texts.note) ?? ""] : undefined;
  const known = named?.[passed ? "passed" : "failed"] ?? label;
  return { label: values.value === null ? (unknown ?? label) : known, detail: detail(texts).replace(/:? *$/, "") };
}

/** The same as one sentence. */
export function describeCheck(check: Parameters<typeof checkText>[0]): string {
  const { label, detail } = checkText(check);
  return detail === "" ? label : `${label}: ${detail}`;
}

/** A decision's note where its label stands beside it. */
export function noteBeside(word: Word, note: string | null): string | null {
  return note?.replace(`${labelOf(word)}: `, "") ?? null;
}

/** What a decision's word means: why no alert was raised. */
export function labelOf(word: Word): string {
  return word === "raised" ? "raised" : wordings[word].failed.label;
}

/** The same in a column: as short as the word itself, and no word of the desk's own. */
export function shortLabelOf(word: Word): string {
  return shortLabels[word] ?? labelOf(word);
}

const shortLabels: Readonly<Partial<Record<Word, string>>> = {
  "below-threshold": "below threshold",
  unreliable: "not reliable",
  inhibited: "explained",
};

/** `strong-signal` is "strong signal". */
export function ruleText(rule: string): string {
  return rule.replaceAll("-", " ");
}

/** Both are checked of an opportunity: each by its own words. */
const measuredLabels: Readonly<Record<string, Readonly<Record<"passed" | "failed", string>>>> = {
  confidence: { passed: "confident enough", failed: "confidence too low" },
  risk: { passed: "risk low enough", failed: "risk too high" },
};

/** What was measured is named by the check's note: strength, confidence, risk. */
const measuredBy = (note: string) => /^(\w+) against /.exec(note)?.[1];

function measured({ value, limit, note }: Texts): string {
  const named = measuredBy(note);
  if (named === undefined) return note === "" ? `${value}, threshold ${limit}` : note;
  if (value === "") return `${named} not known`;
  return named === "risk"
    ? `risk ${value.toLowerCase()}, at most ${limit.toLowerCase()}`
    : `${named} ${value}, threshold ${limit}`;
}

function before(age: string): string {
  return age === justNow ? "just before" : `${age} before`;
}

function passedCooldown(limit: string, note: string): string {
  return note === "" ? `; the cooldown is ${limit}` : `, within the cooldown of ${limit}, but it ${note}`;
}

/** 2026-01-01 00:00 UTC, where it is a time. */
function dayOf(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : formatDay(at);
}

const justNow = "under 1 s";

/** To one decimal: more says nothing to a person. */
function textOf(value: number | string | null): string {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : formatNumber(value);
  return value === "0 s" ? justNow : (value ?? "");
}
