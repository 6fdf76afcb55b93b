import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const folder = join(import.meta.dir, "../../../grafana");

/** Every file that is installed, by its path below the folder; the code the dashboards are made by stays here. */
export function shippedFiles(): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith("source"))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}
