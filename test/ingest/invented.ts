import { regimes } from "../../src/core/market";
import { riskLevels } from "../../src/core/opportunity";
import { strengthOf, type Direction } from "../../src/core/signal";
import { readSymbolText } from "../../src/core/symbol";
import { directionOf } from "../../src/ingest/read/direction-words";
import { momentOf } from "../../src/ingest/read/moment";
import { decimalOf } from "../../src/core/decimal";
import { cleanText } from "../../src/ingest/read/text";
import { isList, isObject, type JsonValue } from "../../src/ingest/read/value";
import { MTIME, NOW } from "./read/given";

/** What is written in a report: its numbers and texts, its keys, and how many stand in each list. */
export interface Leaves {
  readonly scalars: readonly (string | number)[];
  readonly lengths: ReadonlySet<number>;
}

export function leavesOf(value: JsonValue): Leaves {
  const scalars: (string | number)[] = [];
  const lengths = new Set<number>();
  const walk = (each: JsonValue): void => {
    if (typeof each === "string" || typeof each === "number") scalars.push(each);
    else if (isList(each)) {
      lengths.add(each.length);
      each.forEach(walk);
    } else if (isObject(each)) {
      for (const [key, inner] of Object.entries(each)) {
        scalars.push(key);
        walk(inner);
      }
    }
  };
  walk(value);
  return { scalars, lengths };
}

/** Words of ours that a parser answers in place of the report's. */
const ours = new Set<string>([
  ..."long short neutral exit body mtime name spot perp option future interpretation insight component".split(" "),
  ...regimes,
  ...riskLevels,
]);

/**
 * What of these items stands nowhere in the report and follows from it by none of the rules: a number as written, also in
 * text, of percent, as a ratio, or cut to the border it passes by rounding; how many a list holds; a strength of its score;
 * a time by the way it is written, or of the file; a symbol as it is spelled; a direction by its word; a text as it is
 * written, without what cannot be shown, or as `key: text` of several.
 */
export function inventedIn(items: readonly object[], { scalars, lengths }: Leaves): string[] {
  const texts = new Set(scalars.map((leaf) => cleanText(String(leaf), 1000)));
  const numbers = scalars.flatMap((leaf) => writtenIn(leaf));
  const times = new Set([MTIME, NOW, ...scalars.flatMap((leaf) => momentOf(leaf, "UTC")?.at ?? [])]);
  const symbols = new Set<string>();
  for (const text of texts) {
    const named = readSymbolText(text);
    if (!("why" in named)) for (const part of [named.symbol, named.asWritten, named.exchange]) symbols.add(part ?? "");
  }
  const isNumber = (value: number) =>
    numbers.some(
      (one) => one === value || one / 100 === value || (isBorder(value) && Math.abs(one - value) <= 1e-7 * 100),
    );
  const isText = (value: string): boolean =>
    ours.has(value) ||
    texts.has(value) ||
    symbols.has(value) ||
    [...texts].some((text) => text.toLowerCase() === value) ||
    isPhrases(squeezed(value), new Set([...texts].map(squeezed)));
  const invented: string[] = [];
  const walk = (value: unknown, where: string, around: Readonly<Record<string, unknown>>): void => {
    if (typeof value === "string" && !isText(value)) invented.push(`${where}: ${JSON.stringify(value)}`);
    if (typeof value === "number" && !isNumber(value)) {
      const key = where.slice(where.lastIndexOf(".") + 1);
      const follows =
        (key.endsWith("At") && times.has(value)) ||
        (key === "strength" &&
          value === strengthOf(around["direction"] as Direction, around["score"] as number | null)) ||
        (["advancers", "decliners"].includes(key) && lengths.has(value));
      if (!follows) invented.push(`${where}: ${value}`);
    }
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) walk(inner, `${where}.${key}`, value as Record<string, unknown>);
  };
  for (const item of items as readonly Readonly<Record<string, unknown>>[]) {
    walk(item, "", item);
    const { direction, word } = item;
    if (typeof word === "string" && directionOf(word) !== direction && direction !== "exit")
      invented.push(`direction: ${String(direction)} of ${word}`);
  }
  return invented;
}

/** `key: text; key: text`, where keys may be paths, and texts may hold what divides them. */
function isPhrases(value: string, texts: ReadonlySet<string>): boolean {
  for (const key of value
    .split(":")
    .slice(0, -1)
    .map((_, index, parts) => parts.slice(0, index + 1).join(":"))) {
    if (!key.split(".").every((part) => texts.has(part))) continue;
    const rest = value.slice(key.length + 1).trim();
    if (rest === "" || texts.has(rest)) return true;
    for (let at = rest.indexOf("; "); at >= 0; at = rest.indexOf("; ", at + 1)) {
      if (texts.has(rest.slice(0, at)) && isPhrases(rest.slice(at + 2), texts)) return true;
    }
  }
  return false;
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function isBorder(value: number): boolean {
  return value === 0 || value === 1 || value === 100;
}

function writtenIn(leaf: string | number): number[] {
  const number = typeof leaf === "number" ? leaf : decimalOf(leaf.trim().replace(/%$/, ""));
  return number === null ? [] : [number];
}
