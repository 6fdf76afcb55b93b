import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const transpiler = new Bun.Transpiler({ loader: "ts", target: "browser" });

/** Which of our own modules import which; paths are whole. */
export interface ModuleGraph {
  /** What runs before this one, it included. */
  reachedFrom(path: string): ReadonlySet<string>;
  /** What these, and what they reach, import only when it is wanted. */
  importedLate(paths: readonly string[]): ReadonlySet<string>;
}

/** Reads each module once, when it is first reached. Throws where one cannot be read. */
export function readModuleGraph(): ModuleGraph {
  const known = new Map<string, Record<"import-statement" | "dynamic-import", readonly string[]>>();

  function importsOf(path: string) {
    const before = known.get(path);
    if (before !== undefined) return before;
    const all = transpiler.scanImports(readFileSync(path)).filter((one) => one.path.startsWith("."));
    const of = (wanted: string) =>
      all.filter(({ kind }) => kind === wanted).map((one) => `${join(dirname(path), one.path)}.ts`);
    const imports = { "import-statement": of("import-statement"), "dynamic-import": of("dynamic-import") };
    known.set(path, imports);
    return imports;
  }

  function reachedFrom(path: string): Set<string> {
    const reached = new Set([path]);
    for (const one of reached) for (const next of importsOf(one)["import-statement"]) reached.add(next);
    return reached;
  }

  return {
    reachedFrom,
    importedLate(paths) {
      const late = new Set<string>();
      for (const path of paths)
        for (const one of reachedFrom(path)) for (const next of importsOf(one)["dynamic-import"]) late.add(next);
      return late;
    },
  };
}
