import type { ReadingNote } from "../../core/reading";
import type { Signal } from "../../core/signal";
import { formatCount } from "../../core/text";
import { answerWithinMs } from "../../rules/user-rules";
import { isoOf } from "../../views/shape";
import { checkLines } from "../print/checks";
import { decisionOf, decisionTone } from "../print/decision";
import { arrowed, type Paint } from "../print/paint";
import { plain } from "../print/plain";
import { Table, type Column, type Width } from "../print/table";
import type { DryReading } from "./dry-run";

const indent = "  ";

/** A dry reading as a person reads it: what it says, from which keys, what is left unread, what would be decided. */
export function printReading(
  { report, source, reading, known, rules, decisions }: DryReading,
  paint: Paint,
  width: Width,
): string[] {
  const { signals, opportunities, market, refusals, notes } = reading;
  const { zone, score, reliability } = source.parseOptions;
  return [
    paint(`${plain(report.shownAs)}: ${contentsOf(reading)}`, "strong"),
    indent + parserOf(reading),
    `${indent}as ${source.name} writes: zone ${zone}, score ${score}, reliability ${reliability}`,
    ...(known ? [`${indent}these very bytes were read before`] : []),
    ...notesIn(notes, paint, width === null ? null : width - indent.length),
    ...signals.map((signal) => indent + plain(printSignal(signal))),
    ...opportunities.map(
      ({ symbol, pattern, observedAt, datedBy }) =>
        indent + plain(`${symbol} ${pattern}, observed ${isoOf(observedAt)} by its ${datedBy}`),
    ),
    ...(market ? [`${indent}market, observed ${isoOf(market.observedAt)}`] : []),
    ...refusals.map(
      ({ reason, detail, element }) =>
        `${indent}${paint("refused", "bad")}${element === null ? "" : ` #${element}`}: ${reason}: ${plain(detail)}`,
    ),
    ...(rules ? [indent + plain(printRules(rules))] : []),
    ...(decisions.length > 0 ? [`${indent}would be decided now:`] : []),
    ...decisions.flatMap(({ rule, symbol, word, priority, checks }) => [
      `${indent}${indent}${plain(`${symbol ?? ""} ${rule}: `.trimStart())}${paint(decisionOf(word), decisionTone(word))} (${priority})`,
      ...checkLines(checks, paint).map((line) => indent.repeat(3) + line),
    ]),
  ];
}

/** Which parser claimed it; an array may be of several. */
function parserOf({ parsers }: DryReading["reading"]): string {
  if (parsers.length === 0) return "claimed by no parser";
  return `claimed by the parser${parsers.length > 1 ? "s" : ""} ${parsers.map((name) => `"${name}"`).join(" and ")}`;
}

function printRules({ asked, answers }: NonNullable<DryReading["rules"]>): string {
  const faults = answers.flatMap(({ rule, fault }) => (fault ? [`${rule} fails: ${fault.message}`] : []));
  return [
    `your rules were run, each with ${answerWithinMs / 1000} s to answer: ${asked.join(", ")}`,
    ...new Set(faults),
  ].join("; ");
}

function contentsOf({ signals, opportunities, market, refusals }: DryReading["reading"]): string {
  const counted = [
    signals.length > 0 ? formatCount(signals.length, "signal") : [],
    opportunities.length > 0 ? formatCount(opportunities.length, "opportunity", "opportunities") : [],
    market ? "the market" : [],
    refusals.length > 0 ? `${refusals.length} refused` : [],
  ].flat();
  return counted.length === 0 ? "nothing" : counted.join(", ");
}

function printSignal({ symbol, direction, word, score, strength, observedAt, datedBy, zoneAssumed }: Signal): string {
  const conviction = strength === null ? "no strength" : `score ${score ?? "no data"} is strength ${strength}`;
  const zone = zoneAssumed ? ", in the source's zone for it names none" : "";
  return `${symbol} ${arrowed(direction) ?? ""} ("${word}"), ${conviction}, observed ${isoOf(observedAt)} by its ${datedBy}${zone}`;
}

function notesIn(notes: readonly ReadingNote[], paint: Paint, width: Width): string[] {
  if (notes.length === 0) return [];
  const ofMany = notes.some(({ element }) => element !== null);
  const table = new Table(ofMany ? [elementColumn, ...columns] : columns, notes, paint, width);
  return [table.head(), ...notes.map((note) => table.row(note))].map((line) => indent + line);
}

const elementColumn: Column<ReadingNote> = {
  head: "#",
  text: ({ element }) => (element === null ? null : String(element)),
  align: "right",
};

const columns: readonly Column<ReadingNote>[] = [
  { head: "KEY", text: ({ key }) => key, widthMin: 16 },
  {
    head: "FIELD",
    text: ({ field, outcome }) => (outcome === "ignored" ? "ignored" : field),
    tone: ({ outcome }) => (outcome === "read" ? null : "quiet"),
  },
  {
    head: "VALUE",
    text: ({ value }) => value,
    tone: ({ outcome }) => (outcome === "missing" ? "notable" : outcome === "ignored" ? "quiet" : null),
    widthMin: 16,
  },
];
