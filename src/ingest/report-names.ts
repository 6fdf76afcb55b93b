import { lstat, readdir } from "node:fs/promises";
import { isLossy, pathOnDisk, textOfDecoded, textOfName } from "./file-path";
import type { SkippedFolder } from "./ports";
import { isGone } from "../core/system-error";
import { whyUnreadable } from "./why-unreadable";

/** Reports are `*.json`; what a writer has not finished naming, and what hides, is not one. */
export function isReportName(name: string): boolean {
  return /\.json$/i.test(name) && !name.startsWith(".") && !name.startsWith("~");
}

/** What one look at a source's folder finds: paths relative to it, `/` between. */
export interface Listing {
  /** Reports, and files that would be some if they did not lie one folder too deep: those are refused. */
  readonly paths: string[];
  /** The folders one deeper: reports come in there. */
  readonly folders: string[];
  readonly skipped: SkippedFolder[];
}

interface Entry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** Lists the folder and what is below. Links are not followed. Throws what the file system throws for the folder itself. */
export async function listReports(dir: string): Promise<Listing> {
  const listing: Listing = { paths: [], folders: [], skipped: [] };
  for (const folder of await listFolder(dir, "", listing)) {
    const below = await listBelow(dir, folder, listing);
    if (below !== null) listing.folders.push(folder);
    for (const deep of below ?? []) {
      for (const tooDeep of (await listBelow(dir, deep, listing)) ?? []) {
        listing.skipped.push({
          folder: tooDeep,
          why: "it lies too deep: reports are read from the folder and one below",
          isFault: false,
        });
      }
    }
  }
  return listing;
}

/** Puts the reports of one folder into the listing; answers the folders in it. */
async function listFolder(dir: string, folder: string, listing: Listing): Promise<string[]> {
  const below: string[] = [];
  for (const entry of await entriesOf(pathOnDisk(dir, folder))) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".")) below.push(path);
    } else if (isReportName(entry.name) && entry.isFile()) listing.paths.push(path);
  }
  return below;
}

/** What cannot be read below is skipped and named, and the rest goes on; null where there is nothing to list. */
async function listBelow(dir: string, folder: string, listing: Listing): Promise<string[] | null> {
  try {
    return await listFolder(dir, folder, listing);
  } catch (error) {
    // It went away since it was listed.
    if (isGone(error)) return null;
    listing.skipped.push({ folder, why: whyUnreadable(error), isFault: folder !== "lost+found" });
    return null;
  }
}

async function entriesOf(folder: string | Buffer): Promise<Entry[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (!entries.some(({ name }) => isLossy(name) || name.includes("\\"))) return entries;
  const named = entries
    .filter(({ name }) => !isLossy(name))
    .map((entry) => ({
      name: textOfDecoded(entry.name),
      isFile: () => entry.isFile(),
      isDirectory: () => entry.isDirectory(),
    }));
  return [...named, ...(await lossyEntriesOf(folder))];
}

/** Those whose names are no text: found by their bytes. */
async function lossyEntriesOf(folder: string | Buffer): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const bytes of await readdir(folder, { encoding: "buffer" })) {
    if (!isLossy(bytes.toString())) continue;
    try {
      const stats = await lstat(Buffer.concat([Buffer.from(folder), Buffer.from("/"), bytes]));
      entries.push({ name: textOfName(bytes), isFile: () => stats.isFile(), isDirectory: () => stats.isDirectory() });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return entries;
}
