import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { renderPage } from "./page";
import { problems } from "./problems";
import { lockedPolicy, securityHeaders } from "./security-headers";
import { serveText, type ServedFile } from "./served-file";

/** The pages and everything they load, from memory. */
export interface Assets {
  /**
   * Answers GET and HEAD for `/`, the pages and the files under `/ui/`; undefined for anything else.
   * A path is looked up in a fixed map, never on the disk.
   */
  serve(path: string, request: Request): Response | undefined;
}

/** Prepared at the first request, so that a daemon nobody looks at pays nothing. */
export function createAssets(): Assets {
  let files: ReadonlyMap<string, ServedFile> | undefined;
  return {
    serve(path, request) {
      if (request.method !== "GET" && request.method !== "HEAD") return undefined;
      if (path === "/") return toDesk();
      files ??= prepareFiles();
      return files.get(/^\/symbols\/[^/]+$/.test(path) ? anySymbol : path)?.answer(request);
    },
  };
}

const anySymbol = "/symbols/*";

/** Each page with the module that starts it and the one that draws it; what both reach is loaded at once, the rest when asked for. */
const pages = [
  { path: "/dashboard", root: "./", title: "Virtuoso", entry: "main", view: "desk", styles: ["style"] },
  { path: "/opportunities", root: "./", title: "Virtuoso", entry: "main", view: "opportunities-page", styles: ["style"] },
  { path: anySymbol, root: "../", title: "Virtuoso", entry: "main", view: "symbol-page", styles: ["style"] },
  { path: "/docs", root: "./", title: "Virtuoso API", entry: "docs", view: "docs-page", styles: ["style", "docs"] },
] as const;

const uiDirectory = join(import.meta.dir, "../../ui");

/** Bare names a browser module may import. Some are found from others, for they are not dependencies of our own or not what Bun would choose. */
function vendorFiles(): Readonly<Record<string, string>> {
  const here = import.meta.dir;
  const signals = Bun.resolveSync("@preact/signals", here);
  const charts = dirname(Bun.resolveSync("lightweight-charts/package.json", here));
  return {
    "preact": Bun.resolveSync("preact", here),
    "preact/hooks": Bun.resolveSync("preact/hooks", here),
    "htm": Bun.resolveSync("htm", here),
    "htm/preact": Bun.resolveSync("htm/preact", here),
    "@preact/signals": signals,
    "@preact/signals-core": Bun.resolveSync("@preact/signals-core", dirname(signals)),
    "lightweight-charts": join(charts, "dist/lightweight-charts.standalone.production.mjs"),
  };
}

function prepareFiles(): Map<string, ServedFile> {
  const files = new Map<string, ServedFile>();
  const imports: Record<string, string> = {};
  const reaches = new Map<string, readonly string[]>();

  function add(name: string, extension: string, type: string, text: string): string {
    const file = serveText(text, { type, caching: "immutable", headers: { ...securityHeaders, "content-security-policy": lockedPolicy } });
    const url = `ui/${name}.${file.hash}.${extension}`;
    files.set(`/${url}`, file);
    return `./${url}`;
  }

  function addModule(name: string, fileName: string, text: string): void {
    imports[name] = add(fileName, "js", javascript, text);
    reaches.set(name, transpiler.scanImports(text).filter(({ kind }) => kind === "import-statement").map(({ path }) => path.replace(/^\.\//, "./ui/").replace(/^\.\.\//, "./")));
  }

  function addStyle(name: string): string {
    return add(name, "css", "text/css; charset=utf-8", readFileSync(join(uiDirectory, `${name}.css`), "utf8"));
  }

  for (const [name, path] of Object.entries(vendorFiles())) addModule(name, `vendor/${name.replace("@", "")}`, withoutSourceMap(readFileSync(path, "utf8")));
  // A module imports its neighbour as "./store", which the browser resolves to /ui/store before it asks the import map:
  // so modules are served as written, and a change in one renames only that one.
  for (const name of moduleNames()) addModule(`./ui/${name}`, name, transpiler.transformSync(readFileSync(join(uiDirectory, `${name}.ts`), "utf8")));
  // The one table of errors, without the code around it.
  addModule("./src/api/problems", "problems", `export const problems = ${JSON.stringify(problems)};\n`);

  const sheets = { style: addStyle("style"), docs: addStyle("docs") };
  const icon = add("icon", "svg", "image/svg+xml", readFileSync(join(uiDirectory, "icon.svg"), "utf8"));
  for (const { path, root, title, entry, view, styles } of pages) {
    const preload = reachedFrom([`./ui/${entry}`, `./ui/${view}`], reaches).map((name) => imports[name] ?? "");
    const page = renderPage({ title, root, imports, entry: imports[`./ui/${entry}`] ?? "", preload, stylesheets: styles.map((name) => sheets[name]), icon });
    files.set(path, serveText(page.html, {
      type: "text/html; charset=utf-8",
      caching: "revalidate",
      headers: { ...securityHeaders, "content-security-policy": page.contentSecurityPolicy },
    }));
  }
  return files;
}

const javascript = "text/javascript; charset=utf-8";
const transpiler = new Bun.Transpiler({ loader: "ts", target: "browser" });

/** These modules and all they import, each once. */
function reachedFrom(names: readonly string[], reaches: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set(names);
  for (const name of reached) for (const next of reaches.get(name) ?? []) reached.add(next);
  return [...reached];
}

function moduleNames(): string[] {
  return readdirSync(uiDirectory).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts")).map((name) => name.slice(0, -".ts".length)).toSorted();
}

/** The maps are not served, so the pointer to them would only make developer tools ask in vain. */
function withoutSourceMap(text: string): string {
  return text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

function toDesk(): Response {
  return new Response(null, { status: 302, headers: { ...securityHeaders, "content-security-policy": lockedPolicy, "location": "./dashboard", "cache-control": "no-store" } });
}
