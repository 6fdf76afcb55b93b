import type { Remark } from "../../core/signal";
import { pick, type Entry } from "./entry";
import type { Meaning } from "./keys";
import { LABEL_MAX, SENTENCE_MAX, textOf } from "./text";
import { isList, isObject, own, type JsonObject, type JsonValue } from "./value";

/** Most remarks kept of one kind of list. */
const REMARKS_MAX = 20;
const PHRASES_MAX = 8;

/** The free words of an entry, as plain untrusted text. */
export function readWords(entry: Entry): readonly Remark[] {
  return [
    ...remarks(entry, "interpretations", "interpretation"),
    ...remarks(entry, "insights", "insight"),
    ...remarks(entry, "influential", "component"),
    ...remarks(entry, "subcomponents", "component"),
    ...entry.unread.slice(0, REMARKS_MAX).flatMap((text) => remark(text, "insight") ?? []),
  ];
}

/** What a text, or an object of texts such as `{trend: "up"}`, says; null where it says nothing. */
export function sentenceOf(value: JsonValue | undefined): string | null {
  if (!isObject(value)) return textOf(value, SENTENCE_MAX);
  const whole = firstText(value, ["interpretation", "summary", "description", "text", "message"]);
  return whole ?? textOf(phrases(value), SENTENCE_MAX);
}

function remarks(entry: Entry, meaning: Meaning, kind: Remark["kind"]): readonly Remark[] {
  const list = pick(entry, meaning, "a list of words", (value) =>
    isList(value) ? value : typeof value === "string" ? [value] : null,
  );
  return (list ?? []).slice(0, REMARKS_MAX).flatMap((value) => remark(value, kind) ?? []);
}

function remark(value: JsonValue, kind: Remark["kind"]): Remark | null {
  if (!isObject(value)) {
    const text = textOf(value, SENTENCE_MAX);
    return text === null ? null : { kind, component: null, text, severity: null };
  }
  const component = firstText(value, ["component", "name", "display_name"]);
  const text =
    sentenceOf(own(value, "interpretation")) ??
    firstText(value, ["text", "message", "display_name", "name", "component"]);
  return text === null ? null : { kind, component, text, severity: textOf(own(value, "severity"), LABEL_MAX) };
}

function firstText(object: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = textOf(own(object, key), SENTENCE_MAX);
    if (text !== null) return text;
  }
  return null;
}

function phrases(object: JsonObject): string {
  return Object.keys(object)
    .slice(0, PHRASES_MAX)
    .flatMap((key) => {
      const text = textOf(own(object, key), SENTENCE_MAX);
      return text === null ? [] : [`${key}: ${text}`];
    })
    .join("; ");
}
