import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { frameTypes } from "../src/views/frames";

/** Who may import whom. A room may always import itself; `config` is types only for the edges. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  telemetry: ["core", "config", "views"],
  store: ["core"],
  views: ["core", "store"],
  ingest: ["core"],
  stream: ["core", "views"],
  exchange: ["core"],
  notify: ["core"],
  scanners: ["core"],
  auth: ["core", "store"],
  api: ["core", "views", "auth", "ui"],
  config: ["core", "exchange", "notify"],
  rules: ["core", "config", "ingest", "(wiring)"],
};

/** The rooms that wire, and who may know them: an edge never does. */
const knownTo: Readonly<Record<string, readonly string[]>> = {
  sections: ["(wiring)"],
  daemon: ["(wiring)", "sections", "commands", "demo"],
  demo: ["commands"],
  commands: ["(wiring)"],
  channels: ["(wiring)", "daemon", "sections", "commands"],
  replay: ["(wiring)", "daemon", "sections", "commands"],
};

/** Parts of a room whose neighbours in it are limited too: how a format is read knows no folder, a route no application. */
const within: Readonly<Record<string, readonly string[]>> = {
  "core/decide": ["core"],
  "ingest/read": ["core"],
  "ingest/parsers": ["core", "ingest/read"],
  "api/routes": ["core", "views", "auth", "api"],
};
const applications = ["src/api/app.ts", "src/api/front.ts"];

/** Packages a pure room may use; edges take what they need. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  // re2js: matchers take regular expressions of anyone, and must not be held up by one.
  core: ["zod", "re2js"],
  store: ["drizzle-orm", "bun:sqlite", "zod", "node:"],
  views: ["zod"],
  config: ["zod", "luxon", "node:"],
};

const root = join(import.meta.dir, "..");
const rooms = Object.keys(mayImport);

interface Import {
  readonly file: string;
  readonly from: string;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:^|\n)\s*(?:import|export)[^;]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g)].map(
    (match) => ({ file: relative(root, file), from: match[1] ?? match[2] ?? "" }),
  );
}

function roomOf(path: string): string {
  if (path.startsWith(join(root, "ui/"))) return "ui";
  const parts = relative(join(root, "src"), path).split("/");
  return parts.length > 1 ? (parts[0] ?? "") : "(wiring)";
}

test("every room imports only whom it may", () => {
  const wrong: string[] = [];
  for (const room of rooms) {
    for (const file of filesBelow(join(root, "src", room))) {
      for (const { from } of importsOf(file)) {
        if (from.startsWith(".")) {
          const target = roomOf(resolve(dirname(file), from));
          if (target !== room && !mayImport[room]?.includes(target))
            wrong.push(`${relative(root, file)} imports ${from}`);
        } else {
          const allowed = packagesOf[room];
          if (
            allowed &&
            !allowed.some(
              (name) => from === name || from.startsWith(`${name}/`) || (name.endsWith(":") && from.startsWith(name)),
            )
          )
            wrong.push(`${relative(root, file)} imports ${from}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("what wires is known to what starts it, and to no edge", () => {
  const wrong: string[] = [];
  for (const file of filesBelow(join(root, "src"))) {
    const room = roomOf(file);
    for (const { from } of importsOf(file)) {
      const target = from.startsWith(".") ? roomOf(resolve(dirname(file), from)) : room;
      if (target !== room && knownTo[target]?.includes(room) === false)
        wrong.push(`${relative(root, file)} imports ${from}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("a part of a room imports only whom it may", () => {
  const wrong: string[] = [];
  for (const [part, allowed] of Object.entries(within)) {
    const folders = [part, ...allowed].map((name) => join(root, "src", name, "/"));
    for (const file of filesBelow(join(root, "src", part)))
      for (const { from } of importsOf(file)) {
        if (!from.startsWith(".")) continue;
        const target = resolve(dirname(file), from);
        const known = folders.some((folder) => target.startsWith(folder));
        if (!known || applications.includes(`${relative(root, target)}.ts`))
          wrong.push(`${relative(root, file)} imports ${from}`);
      }
  }
  expect(wrong).toEqual([]);
});

/** What is made in few places, so that there is one of it. */
const madeOnlyIn: readonly (readonly [what: string, made: RegExp, where: readonly string[]])[] = [
  ["an API", /\bnew Hono\b/, ["src/api/app.ts"]],
  [
    "a listener",
    /\bBun\.serve\(/,
    [
      "src/daemon/listen.ts",
      "src/daemon/control-socket.ts",
      "src/daemon/certificate.ts",
      "src/exchange/simulated/server.ts",
    ],
  ],
];

test.each(madeOnlyIn)("%s is made in its place alone", (_what, made, where) => {
  const makers = filesBelow(join(root, "src")).filter((file) => made.test(withoutComments(readFileSync(file, "utf8"))));
  expect(makers.map((file) => relative(root, file)).filter((path) => !where.includes(path))).toEqual([]);
});

test("core is pure: no clock, no randomness, no waiting, no Bun", () => {
  const impure =
    /\bDate\.now\(|\bnew Date\(\)|Math\.random|\bawait\b|\basync\b|\bBun\.|\bprocess\.|performance\.now|setTimeout|crypto\./;
  const wrong = filesBelow(join(root, "src/core")).filter((file) =>
    impure.test(withoutComments(readFileSync(file, "utf8"))),
  );
  expect(wrong.map((file) => relative(root, file))).toEqual([]);
});

test("nothing is random, printed or made markup where it must not be", () => {
  const wrong: string[] = [];
  for (const file of [...filesBelow(join(root, "src")), ...filesBelow(join(root, "ui"))]) {
    const text = withoutComments(readFileSync(file, "utf8"));
    const path = relative(root, file);
    if (/Math\.random/.test(text)) wrong.push(`${path}: Math.random`);
    if (/innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|\beval\(|new Function\(/.test(text))
      wrong.push(`${path}: markup or code from strings`);
    if (/console\.(log|error|warn)/.test(text)) wrong.push(`${path}: console`);
    if (/catch\s*(\([^)]*\))?\s*\{\s*\}/.test(text)) wrong.push(`${path}: an empty catch`);
  }
  expect(wrong).toEqual([]);
});

test("a frame of the socket is written and its type declared in views/frames.ts alone", () => {
  const type = `"(${frameTypes.join("|")})"`;
  const written = /JSON\.stringify\(\s*\{\s*type:|[`'"]\{"type":/;
  const listed = new RegExp(`[[,]\\s*${type},\\s*${type}`);
  const declared = new RegExp(`(?:literal\\(|readonly type: )${type}`, "g");
  const wrong = [...filesBelow(join(root, "src")), ...filesBelow(join(root, "ui"))].flatMap((file) => {
    const path = relative(root, file);
    if (path === "src/views/frames.ts") return [];
    const text = withoutComments(readFileSync(file, "utf8"));
    const types = new Set([...text.matchAll(declared)].map((match) => match[1]));
    return written.test(text) || listed.test(text) || types.size > 1 ? [path] : [];
  });
  expect(wrong).toEqual([]);
});

/** Words of a private English that the field has terms for; what is left are texts of commands and roles in tests. */
const privateWords = /\b(?:told|telling|tells?|nobody|hears?|heard)\b/gi;
const privateWordsMax = 40;
/** Patterns, templates and data that no wrapping makes better. */
const longLinesMax = 24;

test("words are the field's, lines fit a screen, files are read in one sitting", () => {
  const code = ["src", "ui", "grafana/source"].flatMap((folder) => filesBelow(join(root, folder)));
  const files = [...code, ...filesBelow(join(root, "test"))].filter((file) => file !== import.meta.path);
  const texts = files.map((file) => ({ path: relative(root, file), text: readFileSync(file, "utf8") }));
  const words = texts.flatMap(({ path, text }) => [...text.matchAll(privateWords)].map(([word]) => `${path}: ${word}`));
  const lines = texts.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => (line.length > 140 ? [`${path}:${index + 1}`] : [])),
  );
  const long = texts.slice(0, code.length).filter(({ text }) => text.split("\n").length > 301);
  expect(words.length > privateWordsMax ? words : []).toEqual([]);
  expect(lines.length > longLinesMax ? lines : []).toEqual([]);
  expect(long.map(({ path }) => path)).toEqual([]);
  expect(readFileSync(join(root, "src/daemon.ts"), "utf8").split("\n").length).toBeLessThan(150);
});

test("no drawers", () => {
  const drawers = [...filesBelow(join(root, "src")), ...filesBelow(join(root, "ui"))].filter((file) =>
    /(^|\/)(utils?|helpers?|common|misc|types|manager)(\/|\.ts$)/.test(relative(root, file)),
  );
  expect(drawers).toEqual([]);
});

test("no test is skipped or stands alone", () => {
  const wrong = filesBelow(join(root, "test"))
    .filter((file) => file !== import.meta.path)
    .filter((file) => /\b(test|it|describe)\.(skip|only|todo)\b/.test(readFileSync(file, "utf8")));
  expect(wrong.map((file) => relative(root, file))).toEqual([]);
});

test("the top level holds what it should and no more", () => {
  const tracked = Bun.spawnSync(["git", "ls-files"], { cwd: root }).stdout.toString().split("\n").filter(Boolean);
  const top = new Set(tracked.map((path) => path.split("/")[0]));
  const allowed = new Set([
    "package.json",
    "bunfig.toml",
    "src",
    "ui",
    "migrations",
    "grafana",
    "test",
    "virtuoso.config.ts",
    "README.md",
    "tsconfig.json",
    "package-lock.json",
    ".gitignore",
    ".npmrc",
    ".ci",
    "LICENSE",
    "CHANGELOG.md",
    "drizzle.config.ts",
    ".oxlintrc.json",
    ".oxfmtrc.json",
  ]);
  expect([...top].filter((name) => name !== undefined && !allowed.has(name))).toEqual([]);
});

test("migrations are complete: the schema asks for nothing they do not make", async () => {
  const before = readdirSync(join(root, "migrations")).toSorted();
  const generated = Bun.spawn(["node", "node_modules/drizzle-kit/bin.cjs", "generate", "--name", "would_be_missing"], {
    cwd: root,
    stdout: "pipe",
    stderr: "pipe",
  });
  const said = await new Response(generated.stdout).text();
  expect(await generated.exited).toBe(0);
  expect(said).toContain("No schema changes");
  expect(readdirSync(join(root, "migrations")).toSorted()).toEqual(before);
}, 30_000);

test("the lockfile names no download address", () => {
  expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toContain('"resolved"');
});

test("the README's paths exist and its commands are there", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const paths = [...readme.matchAll(/`((?:src|ui|test|migrations|grafana|\.ci)\/[^`\s*]*)`/g)].map(
    (match) => match[1] ?? "",
  );
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) => match[1] ?? "");
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const scripts: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? "");
  expect(named.filter((name) => !Object.hasOwn((scripts as { scripts: object }).scripts, name))).toEqual([]);
  const commands = new Set(
    [...readme.matchAll(/(?:npx virtuoso|`virtuoso) ([a-z][a-z-]*)/g)].map((match) => match[1] ?? ""),
  );
  expect(commands.size).toBeGreaterThan(8);
  const help = await new Response(
    Bun.spawn([process.execPath, "src/cli.ts", "--help"], { cwd: root, stdout: "pipe" }).stdout,
  ).text();
  expect([...commands].filter((command) => !new RegExp(`^\\s+${command}\\b`, "m").test(help))).toEqual([]);
});

test("the README's metrics are the catalogue's: npm run metrics:readme", async () => {
  const { withReadmeTable } = await import("../src/telemetry/readme-table");
  const readme = readFileSync(join(root, "README.md"), "utf8");
  expect(withReadmeTable(readme)).toBe(readme);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
}
