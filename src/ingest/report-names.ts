import { readdir } from "node:fs/promises";
import { join } from "node:path";

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
    const inner = await readdir(join(dir, folder), { withFileTypes: true });
    for (const entry of inner) {
      if (entry.isFile() && isReportName(entry.name)) paths.push(`${folder}/${entry.name}`);
    }
  }
  return { paths, folders };
}
