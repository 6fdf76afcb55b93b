import { dirname, join } from "node:path";

/** Modules as a browser loads them. */
export interface Bundle {
  /** Path below ui/ to text; the name carries the content's hash. */
  readonly files: ReadonlyMap<string, string>;
  /** Of each entry, the path below ui/ it is served at. */
  readonly entries: ReadonlyMap<string, string>;
  /** What these entries load before they run, each file once. */
  reachedFrom(entries: readonly string[]): string[];
}

/** Large and seldom wanted: loaded by its own name when a chart is first drawn. */
export const apart = "lightweight-charts";

/**
 * Joins the modules below `directory` for these entries: what several share is one file, what is imported late stays apart.
 * Under 30 ms when first asked for, so there is nothing to build beforehand; sixty small files over a slow line would take ten round trips.
 * Throws where a module cannot be read.
 */
export async function bundleModules(directory: string, entries: readonly string[]): Promise<Bundle> {
  const built = await Bun.build({
    entrypoints: entries.map((entry) => join(directory, `${entry}.ts`)),
    root: directory,
    splitting: true,
    target: "browser",
    // Names stay as they are written, so that an error reported by a browser can be read.
    minify: { whitespace: true, syntax: true, identifiers: false },
    external: [apart],
    naming: { entry: "[dir]/[name].[hash].js", chunk: "shared.[hash].js" },
  });
  const files = new Map(
    await Promise.all(
      built.outputs.map(async (output) => [output.path.replace(/^\.\//, ""), await output.text()] as const),
    ),
  );
  const paths = [...files.keys()];
  const found = new Map(entries.map((entry) => [entry, paths.find((path) => path.startsWith(`${entry}.`)) ?? ""]));
  return {
    files,
    entries: found,
    reachedFrom(names) {
      const reached = new Set(names.map((name) => found.get(name) ?? ""));
      for (const path of reached) {
        for (const next of importsOf(files.get(path) ?? ""))
          if (next.startsWith(".")) reached.add(join(dirname(path), next));
      }
      return [...reached];
    },
  };
}

const transpiler = new Bun.Transpiler({ loader: "js", target: "browser" });

function importsOf(text: string): string[] {
  return transpiler
    .scanImports(text)
    .filter(({ kind }) => kind === "import-statement")
    .map(({ path }) => path);
}
