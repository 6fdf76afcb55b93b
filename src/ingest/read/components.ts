import type { Component } from "../../core/signal";
import { pick, type Entry } from "./entry";
import { numberOf, withinOf } from "./number";
import { cleanText, LABEL_MAX } from "./text";
import { isObject, own, type JsonObject, type JsonValue } from "./value";
import { sentenceOf } from "./words";

export const COMPONENTS_MAX = 40;

/** The parts of a score: their scores, weights and results brought together by name. */
export function readComponents(entry: Entry): readonly Component[] {
  const components = pick(entry, "components", "an object", objectOf);
  const weights = pick(entry, "weights", "an object", objectOf);
  const results = pick(entry, "results", "an object", objectOf);
  if (components === null && weights === null && results === null) return [];
  return namesOf(components, results, weights).map((key) => ({
    name: cleanText(key, LABEL_MAX),
    score: part(entry, "components", key, "score", scoreIn(components, key)) ?? part(entry, "results", key, "score", scoreIn(results, key)),
    weight: part(entry, "weights", key, "weight", weights === null ? undefined : own(weights, key)),
    impact: part(entry, "components", key, "impact", inside(components, key, "impact")),
    interpretation: sentenceOf(inside(components, key, "interpretation")) ?? sentenceOf(inside(results, key, "interpretation")),
  }));
}

function namesOf(...objects: readonly (JsonObject | null)[]): string[] {
  const keys = new Set<string>();
  for (const object of objects) {
    for (const key of object === null ? [] : Object.keys(object)) {
      if (keys.size >= COMPONENTS_MAX) return [...keys];
      if (cleanText(key, LABEL_MAX) !== "") keys.add(key);
    }
  }
  return [...keys];
}

type Part = "score" | "weight" | "impact";

function part(entry: Entry, of: "components" | "weights" | "results", key: string, field: Part, value: JsonValue | undefined): number | null {
  if (value === undefined || value === null) return null;
  const number = takePart[field](value);
  if (number === null) entry.notes.missing(`${of}.${key}`, field, value, "not usable");
  return number;
}

const takePart: Readonly<Record<Part, (value: JsonValue) => number | null>> = {
  score: (value) => withinOf(value, 0, 100),
  weight: (value) => withinOf(value, 0, 1),
  impact: numberOf,
};

/** `{name: number}` or `{name: {score}}`. */
function scoreIn(object: JsonObject | null, key: string): JsonValue | undefined {
  const value = object === null ? undefined : own(object, key);
  return isObject(value) ? own(value, "score") : value;
}

function inside(object: JsonObject | null, key: string, field: string): JsonValue | undefined {
  const value = object === null ? undefined : own(object, key);
  return isObject(value) ? own(value, field) : undefined;
}

function objectOf(value: JsonValue): JsonObject | null {
  return isObject(value) ? value : null;
}
