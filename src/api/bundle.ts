import type { BunPlugin } from "bun";
import { dirname, join } from "node:path";
import { readModuleGraph } from "./module-graph";

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

/** Which entries meet in one document: of the desk the first is always there. */
export interface Meeting {
  readonly desk: readonly [string, ...string[]];
  /** Of documents of their own. */
  readonly others: readonly string[];
}

/** A module that so many of the desk's entries reach is loaded with the first of them. */
const sharedBy = 3;

/**
 * Joins the modules below `directory` for these entries: what several share is one file, what is imported late stays apart.
 * What the desk always needs is one file, and what other documents need of it another, for each file costs its headers
 * and a place in the browser's queue. A tenth of a second when first asked for, so there is nothing to build beforehand.
 * Throws where a module cannot be read.
 */
export async function bundleModules(directory: string, { desk, others }: Meeting): Promise<Bundle> {
  const pathOf = (entry: string) => join(directory, `${entry}.ts`);
  const entries = [...desk, ...others];
  const built = await Bun.build({
    entrypoints: entries.map(pathOf),
    plugins: [joined(desk.map(pathOf), others.map(pathOf))],
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

/**
 * Entries that begin with the same imports reach the same modules, and what the same entries reach becomes one file. So
 * each of the desk begins with all that is shared, and each of the others with what any of them needs of that.
 */
function joined(desk: readonly string[], others: readonly string[]): BunPlugin {
  const graph = readModuleGraph();
  const late = new Set([...desk, ...graph.importedLate(desk)]);
  const [first = new Set<string>(), ...pages] = desk.map((entry) => graph.reachedFrom(entry));
  const reachedBy = Map.groupBy(
    pages.flatMap((reached) => [...reached]),
    (path) => path,
  );
  const often = [...reachedBy].filter(([, times]) => times.length >= sharedBy).map(([path]) => path);
  const shared = new Set([...first, ...often]).difference(late);
  const needed = new Set(others.flatMap((entry) => [...graph.reachedFrom(entry)])).intersection(shared);
  const texts: Readonly<Record<string, string>> = { shared: importsOfAll(shared), needed: importsOfAll(needed) };
  return {
    name: "what entries share",
    setup(build) {
      build.onResolve({ filter: /^joined:/ }, ({ path }) => ({
        path: path.slice("joined:".length),
        namespace: "joined",
      }));
      build.onLoad({ filter: /./, namespace: "joined" }, ({ path }) => ({ contents: texts[path] ?? "", loader: "ts" }));
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const begins = late.has(path)
          ? `import "joined:shared";\n`
          : others.includes(path)
            ? `import "joined:needed";\n`
            : "";
        return { contents: begins + (await Bun.file(path).text()), loader: "ts" };
      });
    },
  };
}

function importsOfAll(paths: Iterable<string>): string {
  return [...paths].map((path) => `import ${JSON.stringify(path)};`).join("\n");
}

const transpiler = new Bun.Transpiler({ loader: "js", target: "browser" });

function importsOf(text: string): string[] {
  return transpiler
    .scanImports(text)
    .filter(({ kind }) => kind === "import-statement")
    .map(({ path }) => path);
}
