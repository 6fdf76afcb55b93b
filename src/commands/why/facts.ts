import { numberInWords, percentOf } from "../print/figures";

/** In the head of the story already. */
const shownElsewhere = new Set([
  "symbol",
  "direction",
  "strength",
  "reliability",
  "observedAt",
  "datedBy",
  "words",
  "quietMs",
  "everyMs",
  "silentAfterMs",
]);
const listedMax = 12;

/** Ratios that people read in percent. */
const ratios = new Set(["confidence", "alphaPotential", "alpha_potential"]);
/** Written as they were reported: a digit of a price is money. */
const exact = new Set(["price", "entry", "stop", "target", "takeProfit", "entryPrice", "stopLoss"]);

/** What is known beside the head line, label by label; what is not known is left out. */
export function factsOf(known: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(known).flatMap(([name, value]): [string, string][] => {
    if (shownElsewhere.has(name) || value === null || value === undefined || value === false) return [];
    if (!Array.isArray(value)) return [[labelOf(name), inWords(name, value)]];
    const items: readonly unknown[] = value.slice(0, listedMax);
    // Names with a figure each are short enough for one line.
    if (items.every(isScored))
      return items.length === 0
        ? []
        : [
            [
              labelOf(name),
              items
                .map(({ name: part, score }) => `${part} ${score === null ? "no data" : numberInWords(score)}`)
                .join(", "),
            ],
          ];
    return items.map((each): [string, string] => [labelOf(name), inWords(name, each)]);
  });
}

/** `symbolAsWritten` is symbol as written. */
function labelOf(name: string): string {
  return name.replace(/_/g, " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function inWords(name: string, value: unknown): string {
  if (value === true) return "yes";
  if (typeof value === "number") return figureOf(name, value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.map((each) => inWords(name, each)).join("; ");
  if (isCompared(value))
    return (
      `${value.name} ` +
      `${figureOf(value.name, value.value)}${typeof value.limit === "number" ? `, limit ${figureOf(value.name, value.limit)}` : ""}`
    );
  return Object.entries(value)
    .filter(([, each]) => each !== null && !(Array.isArray(each) && each.length === 0))
    .map(([part, each]) => (part === "name" ? String(each) : `${labelOf(part)} ${inWords(part, each)}`))
    .join(", ");
}

function figureOf(name: string, value: number): string {
  if (ratios.has(name)) return percentOf(value * 100) ?? "";
  return exact.has(name) ? String(value) : numberInWords(value);
}

function isScored(value: unknown): value is { readonly name: string; readonly score: number | null } {
  if (typeof value !== "object" || value === null || !("name" in value) || !("score" in value)) return false;
  return (
    typeof value.name === "string" &&
    (value.score === null || typeof value.score === "number") &&
    Object.entries(value).every(([part, each]) => part === "name" || part === "score" || each === null)
  );
}

/** A number a finding rests on, and what it was held against. */
function isCompared(
  value: object,
): value is { readonly name: string; readonly value: number; readonly limit?: unknown } {
  return "name" in value && typeof value.name === "string" && "value" in value && typeof value.value === "number";
}
