import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Source } from "../../config/effective";
import { textOfDecoded } from "../../ingest/file-path";
import { codeOf } from "../../core/system-error";
import { readReportFile, type ReadFile } from "../../ingest/report-file";
import { readReport } from "../../ingest/read-report";
import { Failed } from "../exit";

/** A report to be read dry. */
export interface FoundReport {
  /** As it was asked for. */
  readonly shownAs: string;
  /** As its source would name it. */
  readonly path: string;
  readonly file: ReadFile;
}

/** Reads a file, or standard input where it is `-`, as the source writes. Throws Failed where there is nothing to read. */
export async function findReport(wanted: string, source: Source, now: number): Promise<FoundReport> {
  if (wanted === "-")
    return { shownAs: "(standard input)", path: "stdin.json", file: await readStandardInput(source, now) };
  const { dir, path } = placeOf(resolve(wanted), source.dir);
  const file = await readReportFile(dir, path, source.parseOptions, now).catch((error: unknown) => {
    throw new Failed(`${wanted} cannot be read: ${codeOf(error) ?? String(error)}`);
  });
  if (file === "gone") throw new Failed(`no such file: ${wanted}`);
  if (file === "folder" || file === "not-a-file")
    throw new Failed(`${wanted} is no file: links, folders and pipes are not read`);
  return { shownAs: wanted, path, file };
}

/** A file in the source's folder is named as the daemon names it: names may hold symbol and time. */
function placeOf(path: string, sourceDir: string): { dir: string; path: string } {
  const inside = relative(sourceDir, path);
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside))
    return { dir: dirname(path), path: textOfDecoded(basename(path)) };
  return { dir: sourceDir, path: inside.split(sep).map(textOfDecoded).join("/") };
}

async function readStandardInput({ parseOptions }: Source, now: number): Promise<ReadFile> {
  const bytes = await Bun.stdin.bytes();
  const reading = readReport({ path: "stdin.json", bytes, mtimeMs: now }, parseOptions, now);
  return { size: bytes.byteLength, modifiedAt: now, bytes, reading };
}
