import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { pageAt, pages } from "../../ui/pages";
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
  /** Is it a page, or the way to one? */
  isPage(path: string): boolean;
  /** The sign-in page and what it loads are for everybody. */
  isPublic(path: string): boolean;
}

/** Prepared at the first request, so that a daemon nobody looks at pays nothing. */
export function createAssets(): Assets {
  let prepared: Prepared | undefined;
  return {
    serve(path, request) {
      if (request.method !== "GET" && request.method !== "HEAD") return undefined;
      if (path === "/") return toDesk();
      prepared ??= prepareFiles();
      return prepared.files.get(documentAt(path))?.answer(request);
    },
    isPage: (path) => path === "/" || documents.some((document) => document.path === documentAt(path)),
    isPublic(path) {
      prepared ??= prepareFiles();
      return prepared.open.has(path);
    },
  };
}

interface Prepared {
  readonly files: ReadonlyMap<string, ServedFile>;
  /** Paths of what may be seen before signing in. */
  readonly open: ReadonlySet<string>;
}

const signInPath = "/signin";

/** Each document with the module that starts it and the one that draws it; what both reach is loaded at once, the rest when asked for. */
const documents = [
  ...pages.map(({ path, module }) => ({ path: `/${path}`, title: "Virtuoso", entry: "main", view: module })),
  { path: signInPath, title: "Sign in to Virtuoso", entry: "signin/main", view: "signin/signin-page" },
  { path: "/docs", title: "Virtuoso API", entry: "docs/main", view: "docs/docs-page" },
];

/** One sheet for all pages, in this order; what stands on paper has the last word. */
const sheets = ["tokens", "ground", "parts", "shell", "desk", "panels", "pages", "docs", "print"];

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

function prepareFiles(): Prepared {
  const files = new Map<string, ServedFile>();
  const open = new Set<string>();
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
    reaches.set(name, transpiler.scanImports(text).filter(({ kind }) => kind === "import-statement").map(({ path }) => reachedAs(path, fileName)));
  }

  for (const [name, path] of Object.entries(vendorFiles())) addModule(name, `vendor/${name.replace("@", "")}`, withoutSourceMap(readFileSync(path, "utf8")));
  // A module imports its neighbour as "../store", which the browser resolves to /ui/store before it asks the import map:
  // so modules are served as written, and a change in one renames only that one.
  for (const name of moduleNames()) addModule(`./ui/${name}`, name, transpiler.transformSync(readFileSync(join(uiDirectory, `${name}.ts`), "utf8")));
  // The one table of errors, without the code around it.
  addModule("./src/api/problems", "problems", `export const problems = ${JSON.stringify(problems)};\n`);

  const stylesheet = add("style", "css", "text/css; charset=utf-8", sheets.map((name) => readFileSync(join(uiDirectory, `style/${name}.css`), "utf8")).join("\n"));
  const icon = add("icon", "svg", "image/svg+xml", readFileSync(join(uiDirectory, "icon.svg"), "utf8"));
  for (const { path, title, entry, view } of documents) {
    const preload = reachedFrom([`./ui/${entry}`, `./ui/${view}`], reaches).map((name) => imports[name] ?? "");
    const page = renderPage({ title, root: path.slice(1).includes("/") ? "../" : "./", imports, early: imports["./ui/early"] ?? "", entry: imports[`./ui/${entry}`] ?? "", preload, stylesheet, icon });
    if (path === signInPath) for (const url of [`.${path}`, icon, stylesheet, imports["./ui/early"] ?? "", ...preload]) open.add(url.slice(1));
    files.set(path, serveText(page.html, {
      type: "text/html; charset=utf-8",
      caching: "revalidate",
      headers: { ...securityHeaders, "content-security-policy": page.contentSecurityPolicy },
    }));
  }
  return { files, open };
}

const javascript = "text/javascript; charset=utf-8";
const transpiler = new Bun.Transpiler({ loader: "ts", target: "browser" });

/** These modules and all they import, each once. */
function reachedFrom(names: readonly string[], reaches: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set(names);
  for (const name of reached) for (const next of reaches.get(name) ?? []) reached.add(next);
  return [...reached];
}

/** What an import of `./store` in shell/app is called in the import map. */
function reachedAs(path: string, importer: string): string {
  return path.startsWith(".") ? `./${posix.join("ui", dirname(importer), path)}` : path;
}

function moduleNames(): string[] {
  return readdirSync(uiDirectory, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -".ts".length)).toSorted();
}

/** The maps are not served, so the pointer to them would only make developer tools ask in vain. */
function withoutSourceMap(text: string): string {
  return text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

function toDesk(): Response {
  return new Response(null, { status: 302, headers: { ...securityHeaders, "content-security-policy": lockedPolicy, "location": "./dashboard", "cache-control": "no-store" } });
}

/** To the sign-in page, and back from there to where one wanted to go. */
export function toSignIn(path: string, search: string): Response {
  const root = path.split("/").length > 2 ? "../".repeat(path.split("/").length - 2) : "./";
  const location = `${root}signin?next=${encodeURIComponent(path + search)}`;
  return new Response(null, { status: 302, headers: { ...securityHeaders, "content-security-policy": lockedPolicy, location, "cache-control": "no-store" } });
}

/** What serves this path: a page of the desk whatever stands in its `:name`, else the very file. */
function documentAt(path: string): string {
  const at = pageAt(path.slice(1));
  return at === null ? path : `/${at.entry.path}`;
}
