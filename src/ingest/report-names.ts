import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isGone } from "./report-file";

/** Reports are `*.json`; what a writer has not finished naming, and what hides, is not one. */
export function isReportName(name: string): boolean {
  return name.endsWith(".json") && !name.startsWith(".") && !name.startsWith("~");
}

/** What one look at a source's folder finds: paths relative to it, `/` between, and the folders one deeper. */
export interface Listing {
  readonly paths: readonly string[];
  readonly folders: readonly string[];
}

/** Lists the folder and one level below. Links are not followed. Throws what the file system throws for the folder itself. */
export async function listReports(dir: string): Promise<Listing> {
  const entries = await readdir(dir, { withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile() && isReportName(entry.name)).map(({ name }) => name);
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  for (const folder of folders) {
    for (const entry of await entriesBelow(join(dir, folder))) {
      if (entry.isFile() && isReportName(entry.name)) paths.push(`${folder}/${entry.name}`);
    }
  }
  return { paths, folders };
}

/** None where the folder went away since it was listed. */
async function entriesBelow(dir: string): Promise<Dirent[]> {
  try {
    return await readdir(dir, { withFileTypes: true });
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}
