import { closeSync, constants, fstatSync, open as openWithCallback, readSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { promisify } from "node:util";
import type { Reading, RefusalReason, ParseOptions } from "../core/reading";
import { codeOf, isGone } from "../core/system-error";
import { deepestReport, pathOnDisk } from "./file-path";
import { readReport } from "./read-report";

/** One byte more than a report may have: enough to know that it is too big, whatever its size. */
const readMax = 4 * 1024 * 1024 + 1;
const keepMax = 64 * 1024;

/** A file as it was found and read. */
export interface ReadFile {
  readonly size: number;
  readonly modifiedAt: number;
  readonly bytes: Uint8Array;
  readonly reading: Reading;
}

/** Why there is nothing to read: it is gone, or it is a folder, or a link or a pipe. */
export type NothingToRead = "gone" | "folder" | "not-a-file";

const open = promisify(openWithCallback);

/**
 * Reads one report. Never follows a link; throws what the file system throws otherwise. `explain`: as in readReport.
 *
 * Opening may take as long as a file system likes and is waited for; what is open is read at once, for handing each of
 * the three steps left to another thread costs more than the step.
 */
export async function readReportFile(
  dir: string,
  path: string,
  parseOptions: ParseOptions,
  now: number,
  explain = true,
): Promise<ReadFile | NothingToRead> {
  if (path.split("/").length - 1 > deepestReport)
    return await refused(
      dir,
      path,
      "too-far-down",
      "It lies two folders below its source's; reports are read from that folder and one below. Move it up.",
    );
  let opened: number;
  try {
    opened = await open(pathOnDisk(dir, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (isGone(error)) return "gone";
    const code = codeOf(error);
    if (code === "ELOOP" || code === "ENXIO") return "not-a-file";
    if (code === "EACCES" || code === "EPERM" || code === "EIO")
      return await refused(dir, path, "unreadable", `The file cannot be opened: ${code}.`);
    throw error;
  }
  try {
    const stats = fstatSync(opened);
    if (!stats.isFile()) return stats.isDirectory() ? "folder" : "not-a-file";
    const bytes = readUpTo(opened, Math.min(stats.size + 1, readMax));
    const reading = readReport({ path, bytes, mtimeMs: stats.mtimeMs }, parseOptions, now, explain);
    return { size: stats.size, modifiedAt: stats.mtimeMs, bytes, reading };
  } finally {
    closeSync(opened);
  }
}

/** A file that is there and is not opened: refused, and read when it can be. */
async function refused(
  dir: string,
  path: string,
  reason: RefusalReason,
  detail: string,
): Promise<ReadFile | NothingToRead> {
  try {
    const stats = await lstat(pathOnDisk(dir, path));
    if (!stats.isFile()) return stats.isDirectory() ? "folder" : "not-a-file";
    const refusal = { reason, detail, element: null, observedAt: null, zoneAssumed: false };
    const reading = { signals: [], opportunities: [], market: null, refusals: [refusal], parsers: [], notes: [] };
    return { size: stats.size, modifiedAt: stats.mtimeMs, bytes: new Uint8Array(), reading };
  } catch (error) {
    if (isGone(error)) return "gone";
    throw error;
  }
}

function readUpTo(opened: number, max: number): Uint8Array {
  const buffer = new Uint8Array(max);
  let filled = 0;
  while (filled < max) {
    const bytesRead = readSync(opened, buffer, filled, max - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Identity of a file's content: its bytes and, where they carry no time of their own, the time its name gives. */
export function digestOf({ bytes, reading }: ReadFile): string {
  const named = [...reading.signals, ...reading.opportunities].find(({ datedBy }) => datedBy === "name");
  const hasher = new Bun.CryptoHasher("sha256").update(bytes);
  if (named) hasher.update(`\0${named.observedAt}`);
  return hasher.digest("hex").slice(0, 32);
}

/** The original as it is kept; null where it is too large even when compressed. */
export function compressOriginal(bytes: Uint8Array): Buffer | null {
  const compressed = Bun.zstdCompressSync(bytes);
  return compressed.byteLength <= keepMax ? compressed : null;
}

/** When the report says it was, for putting many in order; its file's time where it says nothing. */
export function observedAtOf({ reading, modifiedAt }: ReadFile): number {
  const times = [...reading.signals, ...reading.opportunities].map(({ observedAt }) => observedAt);
  return times.length > 0 ? Math.min(...times) : (reading.market?.observedAt ?? modifiedAt);
}
