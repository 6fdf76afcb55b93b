import type { Check } from "../core/decide/decision";
import { formatNumber } from "../core/text";

type CheckValues = Pick<Check, "value" | "limit" | "note">;
type Sentence = (values: Readonly<Record<keyof CheckValues, string>>) => string;

/** What each check says to a person: the one place where its word becomes a sentence. The numbers are those that were compared. */
const sentences: Readonly<Record<Check["word"], { readonly passed: Sentence; readonly failed: Sentence }>> = {
  duplicate: {
    passed: ({ note }) => `new: ${note}`,
    failed: ({ note }) => `told before: ${note}`,
  },
  late: {
    passed: ({ value, limit, note }) => (value === "" ? note : `fresh: ${value} old, limit ${limit}`),
    failed: ({ value, limit, note }) =>
      limit === "" ? `late: ${note}, ${value} before` : `late: ${value} old, limit ${limit}`,
  },
  undated: {
    passed: ({ value, note }) => (value === "" ? note : `dated: its time stands in its ${value}`),
    failed: ({ note }) => `undated: ${note}`,
  },
  unscored: {
    passed: ({ value }) => `scored: ${value}`,
    failed: ({ note }) => `no score: ${note}`,
  },
  "below-threshold": {
    passed: (values) => `good enough: ${measured(values)}`,
    failed: (values) => `below the threshold: ${measured(values)}`,
  },
  unreliable: {
    passed: ({ value, limit, note }) =>
      value === "" ? `reliability not known: ${note}` : `reliable: ${value}, at least ${limit} asked for`,
    failed: ({ value, limit }) => `not reliable enough: ${value}, at least ${limit} asked for`,
  },
  inhibited: {
    passed: ({ note }) => `nothing explains it away: ${note}`,
    failed: ({ note }) => `held back: ${note}`,
  },
  silenced: {
    passed: ({ note }) => `not silenced: ${note}`,
    failed: ({ value, note }) => `silenced until ${value}: ${note.replace(/^until then: /, "")}`,
  },
  cooldown: {
    passed: ({ value, limit, note }) =>
      value === ""
        ? note || `no similar alert before, cooldown ${limit}`
        : `last similar alert ${value} before, cooldown ${limit}${note === "" ? "" : `: ${note}`}`,
    failed: ({ value, limit }) => `similar alert ${value} before, cooldown ${limit}`,
  },
  cap: {
    passed: ({ value, limit, note }) =>
      value === "" ? note || "no cap applies" : `room: ${value} of ${limit} alerts of this window raised before`,
    failed: ({ value, limit, note }) => `over the cap: ${value} of ${limit} raised, ${note}`,
  },
};

/** One check as a person reads it: what it found, the numbers and their units, and the limit they were held against. */
export function describeCheck({
  word,
  passed,
  ...values
}: CheckValues & { readonly word: string; readonly passed: boolean }): string {
  const words = { value: inWords(values.value), limit: inWords(values.limit), note: values.note ?? "" };
  // A daemon of a later version may ask more than is known here.
  if (!Object.hasOwn(sentences, word))
    return [word, words.value, words.limit, words.note].filter((part) => part !== "").join(", ");
  return sentences[word as Check["word"]][passed ? "passed" : "failed"](words).replace(/:? *$/, "");
}

/** What was measured is named by the check's note: strength, confidence, risk. */
function measured({ value, limit, note }: Readonly<Record<keyof CheckValues, string>>): string {
  const named = /^(\w+) against /.exec(note)?.[1];
  if (named === undefined) return note;
  if (value === "") return `${named} not known`;
  return named === "risk"
    ? `risk ${value.toLowerCase()}, at most ${limit.toLowerCase()} asked for`
    : `${named} ${value}, threshold ${limit}`;
}

/** To one decimal: more says nothing to a person. */
function inWords(value: number | string | null): string {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : formatNumber(value);
  return value ?? "";
}
