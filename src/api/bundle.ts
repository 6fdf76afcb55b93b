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
  /** Those of the desk's that are opened over the others. */
  readonly details: readonly string[];
  /** Of documents of their own. */
  readonly others: readonly string[];
}

/** A module that so many of the desk's pages reach is loaded with the first of its entries. */
const sharedBy = 3;
/** And what so many of its details reach, with the first of them that is opened. */
const sharedByDetails = 2;

/**
 * Joins the modules below `directory` for these entries: what several share is one file, what is imported late stays
 * apart. What the desk always needs is one file, what other documents need of it another, and what only details need a
 * third, for each file costs its headers and a place in the browser's queue. A tenth of a second when first asked for,
 * so there is nothing to build beforehand.
 * Throws where a module cannot be read.
 */
export async function bundleModules(directory: string, { desk, details, others }: Meeting): Promise<Bundle> {
  const pathOf = (entry: string) => join(directory, `${entry}.ts`);
  const entries = [...desk, ...others];
  const built = await Bun.build({
    entrypoints: entries.map(pathOf),
    plugins: [joined(desk.map(pathOf), details.map(pathOf), others.map(pathOf))],
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
 * each of the desk begins with all that is shared, details with what they share besides, and each of the others with
 * what any of them needs of the first.
 */
function joined(desk: readonly string[], details: readonly string[], others: readonly string[]): BunPlugin {
  const graph = readModuleGraph();
  const late = new Set([...desk, ...graph.importedLate(desk)]);
  const [first = "", ...later] = desk;
  const [page = "", ...pages] = later.filter((entry) => !details.includes(entry));
  const often = reachedBy([page, ...pages], sharedBy);
  // The page that is looked at first needs it anyway.
  const atFirst = graph.reachedFrom(page).intersection(reachedBy([...pages, ...details], 1));
  const shared = graph.reachedFrom(first).union(often).union(atFirst).difference(late);
  const sharedByThem = reachedBy(details, sharedByDetails).difference(late).difference(shared);
  const needed = reachedBy(others, 1).intersection(shared);
  const texts: Readonly<Record<string, string>> = {
    shared: importsOfAll(shared),
    details: importsOfAll(shared.union(sharedByThem)),
    needed: importsOfAll(needed),
  };
  function beginOf(path: string): string {
    if (details.includes(path)) return "details";
    return late.has(path) ? "shared" : "needed";
  }
  function reachedBy(entries: readonly string[], times: number): Set<string> {
    const all = Map.groupBy(
      entries.flatMap((entry) => [...graph.reachedFrom(entry)]),
      (path) => path,
    );
    return new Set([...all].filter(([, found]) => found.length >= times).map(([path]) => path));
  }
  return {
    name: "what entries share",
    setup(build) {
      build.onResolve({ filter: /^joined:/ }, ({ path }) => ({
        path: path.slice("joined:".length),
        namespace: "joined",
      }));
      build.onLoad({ filter: /./, namespace: "joined" }, ({ path }) => ({ contents: texts[path] ?? "", loader: "ts" }));
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const begins = late.has(path) || others.includes(path) ? `import "joined:${beginOf(path)}";\n` : "";
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
