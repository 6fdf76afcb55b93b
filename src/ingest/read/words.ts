import type { Remark } from "../../core/signal";
import { pick, type Entry } from "./entry";
import type { Meaning } from "./keys";
import { labelMax, sentenceMax, textOf } from "./text";
import { isList, isObject, own, type JsonObject, type JsonValue } from "./value";

/** Most remarks kept of one kind of list. */
const remarksMax = 20;
const phrasesMax = 8;

/** The free words of an entry, as plain untrusted text. */
export function readWords(entry: Entry): readonly Remark[] {
  return [
    ...remarks(entry, "interpretations", "interpretation"),
    ...remarks(entry, "insights", "insight"),
    ...remarks(entry, "influential", "component"),
    ...remarks(entry, "subcomponents", "component"),
    ...entry.unread.slice(0, remarksMax).flatMap((text) => remark(text, "insight") ?? []),
  ];
}

/** What a text, or an object of texts such as `{trend: "up"}`, says; null where it says nothing. */
export function sentenceOf(value: JsonValue | undefined): string | null {
  if (!isObject(value)) return textOf(value, sentenceMax);
  const whole = firstText(value, ["interpretation", "summary", "description", "text", "message"]);
  return whole ?? textOf(phrases(value), sentenceMax);
}

function remarks(entry: Entry, meaning: Meaning, kind: Remark["kind"]): readonly Remark[] {
  const list = pick(entry, meaning, "a list of words", (value) =>
    isList(value) ? value : typeof value === "string" ? [value] : null,
  );
  return (list ?? []).slice(0, remarksMax).flatMap((value) => remark(value, kind) ?? []);
}

function remark(value: JsonValue, kind: Remark["kind"]): Remark | null {
  if (!isObject(value)) {
    const text = textOf(value, sentenceMax);
    return text === null ? null : { kind, component: null, text, severity: null };
  }
  const component = firstText(value, ["component", "name", "display_name"]);
  const text =
    sentenceOf(own(value, "interpretation")) ??
    firstText(value, ["text", "message", "display_name", "name", "component"]);
  return text === null ? null : { kind, component, text, severity: textOf(own(value, "severity"), labelMax) };
}

function firstText(object: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = textOf(own(object, key), sentenceMax);
    if (text !== null) return text;
  }
  return null;
}

function phrases(object: JsonObject): string {
  return Object.keys(object)
    .slice(0, phrasesMax)
    .flatMap((key) => {
      const text = textOf(own(object, key), sentenceMax);
      return text === null ? [] : [`${key}: ${text}`];
    })
    .join("; ");
}
