import { isPlaceholder } from "./placeholder";
import type { JsonValue } from "./value";

/** Longest sentence kept; a longer one is cut. */
export const sentenceMax = 1000;
/** Longest name, id or label kept. */
export const labelMax = 128;

const PLAIN = /^[ -~]*$/;
const BREAKS = /[\t\r\n]+/g;
/** Controls, and the marks that turn the direction of the text after them. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text made safe to keep and show as text: no controls, whole characters, at most `max` UTF-16 units. Markup stays as written. */
export function cleanText(text: string, max: number): string {
  if (max >= text.length && PLAIN.test(text)) return text.trim();
  // Cut early: the rest of a megabyte is not worth cleaning.
  const short = text.length > 2 * max ? text.slice(0, 2 * max) : text;
  const clean = short.replace(BREAKS, " ").replace(UNSEEN, "").trim();
  return (clean.length > max ? withoutHalf(clean.slice(0, max)) : clean).toWellFormed();
}

/** A cleaned text, or null where there is none or only a placeholder. */
export function textOf(value: JsonValue | undefined, max: number): string | null {
  if (typeof value !== "string" || isPlaceholder(value)) return null;
  const text = cleanText(value, max);
  return text === "" ? null : text;
}

/** An identifier: a text, or the whole number some writers use. */
export function idOf(value: JsonValue | undefined): string | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : textOf(value, labelMax);
}

function withoutHalf(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
