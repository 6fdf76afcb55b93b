import type { Reading, ReadingNote, ParseOptions } from "../../core/reading";
import { arrivedAt } from "./dating";
import type { Entry } from "./entry";
import { ParseError } from "./parse-error";
import { noteIgnored } from "./ignored";
import { readJson } from "./json";
import { keysFor } from "./keys";
import { isMarketReport, readMarketReport } from "./market";
import { readName } from "./name";
import { Notes } from "./notes";
import { isOpportunity, readOpportunity } from "./opportunity";
import { nothing, type Read } from "./read";
import { refusalOf } from "./refusal";
import { readSignal } from "./signal";
import { isList, isObject, own, type JsonObject, type JsonValue } from "./value";

/** Most elements of an array report. */
const ELEMENTS_MAX = 5000;

/** A report as it was found. */
export interface ReportFile {
  /** Relative to its source's folder, divided by `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mtimeMs: number;
}

/**
 * What a report says: signals, opportunities, the market, and what of it is refused and why. Never throws.
 * `explain`: with a note on every key, for a person; a twentieth of the time a report takes.
 */
export function readReport(file: ReportFile, parseOptions: ParseOptions, now: number, explain = true): Reading {
  const json = readJson(file.bytes);
  if (json instanceof ParseError) return { ...refused(json), notes: [] };
  const list: ReadingNote[] | null = explain ? [] : null;
  const notes = list ?? [];
  const hints = once(() => readName(file.path, parseOptions.zone, arrivedAt(file.mtimeMs, now)));
  const entryOf: EntryOf = (body, element, known) => ({
    layers: layersOf(body),
    element,
    hints: known,
    mtimeMs: file.mtimeMs,
    now,
    parseOptions,
    keys: keysFor(parseOptions.map),
    notes: new Notes(list, element),
    unread: [],
  });
  const { value } = json;
  if (isList(value)) return { ...readList(value, hints, entryOf), notes };
  if (!isObject(value) || Object.keys(value).length === 0)
    return { ...refused(new ParseError("not-a-report", `It is ${kindOf(value)}.`)), notes };
  const entry = entryOf(value, null, hints);
  return { ...(isMarketReport(value, hints) ? readMarketReport(entry, value) : readOne(entry)), notes };
}

type EntryOf = (body: JsonObject, element: number | null, known: Entry["hints"]) => Entry;

/** The good elements count, the bad ones are refused one by one. */
function readList(list: readonly JsonValue[], hints: Entry["hints"], entryOf: EntryOf): Read {
  if (list.length === 0) return refused(new ParseError("not-a-report", "It is an empty list."));
  if (list.length > ELEMENTS_MAX)
    return refused(new ParseError("too-big", `A list of ${list.length}, at most ${ELEMENTS_MAX} are read.`));
  // A name can tell the time of many, but the symbol, direction and score only of one.
  const known = list.length === 1 ? hints : once(() => ({ ...hints(), symbol: null, direction: null, score: null }));
  const reads = list.map((body, index) => {
    if (isObject(body)) return readOne(entryOf(body, index + 1, known));
    return refused(new ParseError("not-a-report", `It is ${kindOf(body)}.`), index + 1);
  });
  return {
    market: null,
    signals: reads.flatMap((read) => read.signals),
    opportunities: reads.flatMap((read) => read.opportunities),
    refusals: reads.flatMap((read) => read.refusals),
  };
}

function readOne(entry: Entry): Read {
  const body = entry.layers[0]?.object ?? {};
  const read = isOpportunity(body) ? readOpportunity(entry, body) : readSignal(entry);
  // A refused entry was not read to its end.
  if (read.refusals.length === 0) noteIgnored(entry);
  return read;
}

/** `{"signal": {...}}` is the signal in an envelope, whose own keys fill what the signal lacks. */
function layersOf(body: JsonObject): Entry["layers"] {
  const inner = own(body, "signal");
  const envelope = { object: body, prefix: "" };
  return isObject(inner) ? [{ object: inner, prefix: "signal." }, envelope] : [envelope];
}

function refused(error: ParseError, element: number | null = null): Read {
  return { ...nothing, refusals: [refusalOf(error, element, null)] };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function kindOf(value: JsonValue): string {
  if (isObject(value)) return "an empty object";
  if (isList(value)) return "a list in a list";
  return value === null ? "null" : `a ${typeof value}`;
}
