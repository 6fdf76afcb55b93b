import type { Component } from "../../core/signal";
import { pick, type Entry } from "./entry";
import type { Meaning } from "./keys";
import { numberOf, percentageOf, ratioOf } from "./number";
import { cleanText, labelMax } from "./text";
import { isObject, own, type JsonObject, type JsonValue } from "./value";
import { sentenceOf } from "./words";

const componentsMax = 40;

/** The parts of a score: their scores, weights and results brought together by name. */
export function readComponents(entry: Entry): readonly Component[] {
  const components = readParts(entry, "components");
  const weights = readParts(entry, "weights");
  const results = readParts(entry, "results");
  return namesOf([components, results, weights]).map((name) => ({
    name: cleanText(name, labelMax),
    score: take(entry, components, name, "score", percentageOf) ?? take(entry, results, name, "score", percentageOf),
    weight: take(entry, weights, name, "weight", ratioOf),
    impact: take(entry, components, name, "impact", numberOf),
    interpretation:
      sentenceOf(fieldOf(components, name, "interpretation")) ?? sentenceOf(fieldOf(results, name, "interpretation")),
  }));
}

/** One of the three objects, and the key it stood under. */
interface Parts {
  readonly key: string;
  readonly object: JsonObject;
}

type Field = "score" | "weight" | "impact";

function readParts(entry: Entry, meaning: Meaning): Parts | null {
  return pick(entry, meaning, "an object", (value, key) => (isObject(value) ? { key, object: value } : null));
}

function namesOf(all: readonly (Parts | null)[]): readonly string[] {
  const names = new Set(all.flatMap((parts) => (parts === null ? [] : Object.keys(parts.object))));
  return [...names].filter((name) => cleanText(name, labelMax) !== "").slice(0, componentsMax);
}

function take(
  entry: Entry,
  parts: Parts | null,
  name: string,
  field: Field,
  read: (value: JsonValue) => number | null,
): number | null {
  const value = fieldOf(parts, name, field);
  if (parts === null || value === undefined || value === null) return null;
  const number = read(value);
  if (number === null) entry.notes.missing(`${parts.key}.${name}`, field, value, "not usable");
  return number;
}

/** `{name: {score, impact}}`; of `{name: number}` the number is the score, or the weight among weights. */
function fieldOf(parts: Parts | null, name: string, field: Field | "interpretation"): JsonValue | undefined {
  const value = parts === null ? undefined : own(parts.object, name);
  if (isObject(value)) return own(value, field);
  return field === "score" || field === "weight" ? value : undefined;
}
