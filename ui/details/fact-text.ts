import type { Fact, FactUnit } from "../../src/views/fact-words";
import { amount, coefficient, count, figure, percent, points, price, signedPercent } from "../parts/numbers";
import { durationText, momentText } from "../parts/time";

/** A fact as text, in people's units, with its limit beside it: `7.4 times, limit 2 times`. */
export function factText({ name, unit, value, limit }: Omit<Fact, "label">): string {
  const text = textOf(name, unit, value);
  return limit === null ? text : `${text}, limit ${textOf(name, unit, limit)}`;
}

/** One value of it, in its unit; where that is not known, as its kind of value is written. */
function textOf(name: string, unit: FactUnit | null, value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return isoTime.test(value) ? momentText(Date.parse(value)) : wordsOf(name, value);
  if (typeof value !== "number") return JSON.stringify(value);
  return unit === null || unit === "words" || unit === "yes-no" ? plainNumber(value) : written[unit](value);
}

type NumberUnit = Exclude<FactUnit, "words" | "yes-no">;

const written: Readonly<Record<NumberUnit, (value: number) => string>> = {
  ratio: (value) => percent(value * 100) ?? "",
  change: (value) => changeText(value * 100),
  percent: changeText,
  points: (value) => points(value) ?? "",
  milliseconds: lengthText,
  seconds: (value) => lengthText(value * 1000),
  minutes: (value) => `${value < 0 ? "\u2212" : ""}${durationText(Math.abs(value) * 60_000)}`,
  hours: (value) => durationText(value * 3_600_000),
  moment: momentText,
  price: (value) => price(value) ?? "",
  amount: (value) => amount(value) ?? "",
  count: (value) => count(value) ?? "",
  times: (value) => `${shortened(value, 1)} times`,
  statistic: (value) => coefficient(value) ?? "",
  chance: (value) => (value < 0.001 ? "under 0.1 %" : (percent(value * 100) ?? "")),
};

/** To one decimal; what is small keeps the figures that say something: \u22120.18 %. */
function changeText(value: number): string {
  return (
    (Math.abs(value) >= 1 || value === 0 ? signedPercent(value) : `${value > 0 ? "+" : ""}${shortened(value, 2)} %`) ??
    ""
  );
}

function shortened(value: number, decimals: number): string {
  return figure(Number(value.toFixed(decimals))) ?? "";
}

function lengthText(lengthMs: number): string {
  const size = Math.abs(lengthMs);
  if (size >= 1000) return `${lengthMs < 0 ? "\u2212" : ""}${durationText(size)}`;
  return size > 0 && size < 10 ? "under 0.01 s" : `${shortened(lengthMs / 1000, 2)} s`;
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** No one's time of anything lies before 2001, and no figure is that large. */
const plainNumber = (value: number) => (value > 1e12 && value < 1e13 ? momentText(value) : (figure(value) ?? ""));

const cadences: Readonly<Record<string, string>> = { learned: "learned from its gaps", expected: "as configured" };

function wordsOf(name: string, text: string): string {
  if (name === "cadence") return cadences[text] ?? text;
  if (name === "pattern") return text.replaceAll("_", " ");
  if (name === "scanner") return text.replace(/^(\w+):(.+)$/, "$1 of $2");
  return name === "riskLevel" ? text.toLowerCase() : text;
}
