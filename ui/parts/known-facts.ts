import { html } from "htm/preact";
import { figure } from "./numbers";
import { durationText, momentText } from "./time";
import { Value } from "./value";

/** What is kept of a report or an alert, as rows of a `dl`: a label and a text each, "no data" where it is not known. */
export function KnownFacts({ of: known }: { of: Readonly<Record<string, unknown>> }) {
  return Object.entries(known).map(
    ([name, value]) =>
      html`<div key=${name}><dt>${labelOf(name)}</dt><dd><${Value} of=${factText(name, value)} /></dd></div>`,
  );
}

/** `symbolAsWritten` and `symbol_as_written` are "Symbol as written"; a unit in the name is in the text instead. */
export function labelOf(name: string): string {
  const words = name
    .replace(milliseconds, "")
    .replace(percent, "")
    .replaceAll("_", " ")
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `quietMs`, "Age of the quote ms limit". */
const milliseconds = /(?<=[a-z])Ms$| ms\b/;
/** "Net %". */
const percent = / ?%/;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Null where it is not known. */
export function factText(name: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return numberText(name, value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "string") return JSON.stringify(value);
  return isoTime.test(value) ? momentText(Date.parse(value)) : value;
}

function numberText(name: string, value: number): string | null {
  if (milliseconds.test(name)) return Math.abs(value) < 1000 ? `${figure(value)} ms` : durationText(value);
  return percent.test(name) ? `${figure(value)} %` : figure(value);
}
