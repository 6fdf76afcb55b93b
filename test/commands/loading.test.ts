import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commands } from "../../src/commands/index";

const transpiler = new Bun.Transpiler({ loader: "ts" });
const folder = join(import.meta.dir, "../../src/commands");

/** Every module a file loads before anything runs, by its path, or its name where it is a package's. */
function loadedBy(file: string, known = new Set<string>()): Set<string> {
  // The transpiler leaves types out, as the run time does; what is imported on demand waits until then.
  const imports = transpiler.scanImports(readFileSync(file, "utf8")).filter(({ kind }) => kind === "import-statement");
  for (const { path } of imports) {
    const module = path.startsWith(".") ? Bun.resolveSync(path, dirname(file)) : path;
    if (known.has(module)) continue;
    known.add(module);
    if (module.endsWith(".ts") && path.startsWith(".")) loadedBy(module, known);
  }
  return known;
}

test("what speaks to a daemon loads no reader of reports, and what lists no list but the one that is asked for", () => {
  for (const name of ["url-connection", "socket-connection", "remote-client", "database-client"]) {
    const loaded = [...loadedBy(join(folder, `client/${name}.ts`))];
    expect(loaded.filter((module) => module.includes("/src/ingest/") || module === "luxon")).toEqual([]);
    if (!name.endsWith("-client")) continue;
    expect(loaded.filter((module) => module.includes("/src/views/"))).toEqual([join(folder, "../views/shape.ts")]);
    expect(loaded.includes("drizzle-orm")).toBe(name === "database-client");
  }
});

test("a daemon that sends no letter loads nothing to send one", () => {
  const loaded = [...loadedBy(join(folder, "../daemon.ts"))];
  expect(loaded).toContain(join(folder, "../notify/mail.ts"));
  expect(loaded.filter((module) => module.startsWith("nodemailer"))).toEqual([]);
});

test.each(["alerts", "signals", "held", "opportunities", "deliveries", "audit", "quarantine"])(
  "%s reads its options before it loads a database",
  (name) => {
    const loaded = [...loadedBy(join(folder, `${name}.ts`))];
    expect(commands.map((command) => command.name)).toContain(name);
    expect(loaded).toContain(join(folder, "listing.ts"));
    expect(loaded.filter((module) => module.startsWith("drizzle-orm") || module === "bun:sqlite")).toEqual([]);
  },
);
