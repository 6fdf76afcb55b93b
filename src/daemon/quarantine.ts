import type { Parts } from "./answers";

/** Has the files in quarantine read again, or those of this name (a file, or `file#element`) and source; answers their paths. */
export function retryQuarantine({ reader, sources }: Parts, { file, source }: { readonly file?: string | undefined; readonly source?: string | undefined }): string[] {
  const wanted = reader.listQuarantine().filter((row) => (source === undefined || source === row.source) && (file === undefined || file === row.path || file === `${row.path}#${row.element}`));
  const paths = new Map(wanted.map(({ source: name, path }) => [`${name} ${path}`, { name, path }]));
  for (const { name, path } of paths.values()) sources.retry(name, path);
  return [...paths.values()].map(({ path }) => path);
}
