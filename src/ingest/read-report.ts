import type { ParseOptions, Reading, ReadingNote } from "../core/reading";
import { parsers } from "./parsers";
import { arrivedAt, readDating } from "./read/dating";
import type { Entry } from "./read/entry";
import { readJson } from "./read/json";
import { keysFor } from "./read/keys";
import { readName } from "./read/name";
import { Notes } from "./read/notes";
import { ParseError } from "./read/parse-error";
import { nothing, type Read } from "./read/read";
import { refusalOf } from "./read/refusal";
import { isList, isObject, own, type JsonObject, type JsonValue } from "./read/value";

/** Most elements of an array report. */
const elementsMax = 5000;

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
  if (json instanceof ParseError) return { ...refused(json), parsers: [], notes: [] };
  const notes: ReadingNote[] | null = explain ? [] : null;
  const report = new Report(file, parseOptions, now, notes);
  const read = isList(json.value) ? report.readList(json.value) : report.readWhole(json.value);
  return { ...read, parsers: report.parsers, notes: notes ?? [] };
}

/** A report while it is read: which parsers claimed a part of it. */
class Report {
  readonly #claimedBy = new Set<string>();
  readonly #hints: Entry["hints"];

  constructor(
    private readonly file: ReportFile,
    private readonly parseOptions: ParseOptions,
    private readonly now: number,
    private readonly notes: ReadingNote[] | null,
  ) {
    this.#hints = once(() => readName(file.path, parseOptions.zone, arrivedAt(file.mtimeMs, now)));
  }

  get parsers(): string[] {
    return [...this.#claimedBy];
  }

  readWhole(value: JsonValue): Read {
    if (isObject(value) && Object.keys(value).length > 0) return this.#readEntry(value, null, this.#hints);
    return refused(new ParseError("not-a-report", `It is ${kindOf(value)}.`));
  }

  /** The good elements count, the bad ones are refused one by one. */
  readList(list: readonly JsonValue[]): Read {
    if (list.length === 0) return refused(new ParseError("not-a-report", "It is an empty list."));
    if (list.length > elementsMax) {
      return refused(new ParseError("too-big", `A list of ${list.length}, at most ${elementsMax} are read.`));
    }
    const hints = list.length === 1 ? this.#hints : this.#hintsForMany();
    const reads = list.map((body, index) => {
      if (isObject(body)) return this.#readEntry(body, index + 1, hints);
      return refused(new ParseError("not-a-report", `It is ${kindOf(body)}.`), index + 1);
    });
    return {
      market: null,
      signals: reads.flatMap((read) => read.signals),
      opportunities: reads.flatMap((read) => read.opportunities),
      refusals: reads.flatMap((read) => read.refusals),
    };
  }

  /** A name can give the time of many, but the symbol, direction and score only of one. */
  #hintsForMany(): Entry["hints"] {
    return once(() => ({ ...this.#hints(), symbol: null, direction: null, score: null }));
  }

  /** By the first parser that claims it. */
  #readEntry(body: JsonObject, element: number | null, hints: Entry["hints"]): Read {
    const entry: Entry = {
      layers: layersOf(body),
      element,
      hints,
      mtimeMs: this.file.mtimeMs,
      now: this.now,
      parseOptions: this.parseOptions,
      keys: keysFor(this.parseOptions.map),
      notes: new Notes(this.notes, element),
      unread: [],
    };
    const parser = parsers.find((each) => each.claims(entry));
    if (parser === undefined) return unclaimed(entry);
    this.#claimedBy.add(parser.name);
    return parser.read(entry);
  }
}

/** Nothing in it, nor its name, says what it is about. */
function unclaimed(entry: Entry): Read {
  const error = new ParseError("no-symbol", "Neither the report nor its name gives a symbol.");
  return { ...nothing, refusals: [refusalOf(error, entry.element, readDating(entry))] };
}

/** `{"signal": {...}}` is an envelope around the signal, whose own keys fill what the signal lacks. */
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
