import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Reading, Refusal, ParseOptions } from "../../../src/core/reading";
import type { Signal } from "../../../src/core/signal";
import { readReport } from "../../../src/ingest/read-report";

/** Later than every report of the fixtures, except the one from the future. */
export const NOW = Date.parse("2026-01-01T00:00:00Z");
export const MTIME = Date.parse("2025-12-31T23:59:00Z");

const plain: ParseOptions = { zone: "UTC", score: "auto", reliability: "auto", strategy: null, map: {} };

export interface Circumstances {
  readonly path?: string;
  readonly parseOptions?: Partial<ParseOptions>;
  readonly now?: number;
  readonly mtimeMs?: number;
}

export function readBytes(
  bytes: Uint8Array,
  { path = "report.json", parseOptions = {}, now = NOW, mtimeMs = MTIME }: Circumstances = {},
): Reading {
  return readReport({ path, bytes, mtimeMs }, { ...plain, ...parseOptions }, now);
}

/** Reads text as it stands, or anything else as JSON. */
export function read(body: unknown, circumstances?: Circumstances): Reading {
  return readBytes(new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)), circumstances);
}

/** The one signal of a report that has nothing else to say. */
export function signalOf(body: unknown, circumstances?: Circumstances): Signal {
  return onlySignal(read(body, circumstances));
}

export function onlySignal({ signals, refusals }: Reading): Signal {
  const [signal] = signals;
  if (signal === undefined || signals.length > 1 || refusals.length > 0)
    throw new Error(`not one signal: ${JSON.stringify({ signals, refusals })}`);
  return signal;
}

export function refusalOf(body: unknown, circumstances?: Circumstances): Refusal {
  const { signals, refusals } = read(body, circumstances);
  const [refusal] = refusals;
  if (refusal === undefined || refusals.length > 1 || signals.length > 0)
    throw new Error(`not one refusal: ${JSON.stringify({ signals, refusals })}`);
  return refusal;
}

/** A report that lacks nothing, to take things from. */
export const aReport = { symbol: "BTCUSDT", signal: "BUY", score: 80, timestamp: Date.parse("2025-12-31T12:00:00Z") };

export function fixtureNames(folder: string): string[] {
  return readdirSync(fixturePath(folder)).toSorted();
}

export function fixture(folder: string, name: string): Uint8Array {
  return readFileSync(join(fixturePath(folder), name));
}

function fixturePath(folder: string): string {
  return join(import.meta.dir, "../../fixtures", folder);
}
