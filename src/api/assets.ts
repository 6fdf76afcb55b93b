import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { detailsModules, lateModules } from "../../ui/modules";
import { pageAt, pages } from "../../ui/pages";
import { apart, bundleModules } from "./bundle";
import { notFoundResponse, rootFrom } from "./not-found-page";
import { renderPage, type PageParts } from "./page";
import { securityHeaders } from "./security-headers";
import { serveText, type ServedFile } from "./served-file";

/** The pages and everything they load, from memory. */
export interface Assets {
  /**
   * Answers GET and HEAD for `/`, the pages and the files under `/ui/`; undefined for anything else.
   * A path is looked up in a fixed map, never on the disk.
   */
  serve(path: string, request: Request): Promise<Response | undefined>;
  /** Is it a page, or the way to one? */
  isPage(path: string): boolean;
  /** A page that says that there is none at this path, with status 404. */
  notFound(path: string): Promise<Response>;
  /** The sign-in page and what it loads are for everybody. */
  isPublic(path: string): Promise<boolean>;
}

/** Prepared at the first request, so that a daemon without a page open pays nothing. */
export function createAssets(served: Served): Assets {
  let prepared: Promise<Prepared> | undefined;
  return {
    async serve(path, request) {
      if (request.method !== "GET" && request.method !== "HEAD") return undefined;
      if (path === "/") return toDesk();
      prepared ??= prepareFiles(served);
      return (await prepared).files.get(documentAt(path))?.answer(request);
    },
    isPage: (path) => path === "/" || documents.some((document) => document.path === documentAt(path)),
    async notFound(path) {
      prepared ??= prepareFiles(served);
      return notFoundResponse({ ...served, ...(await prepared).frame }, path);
    },
    async isPublic(path) {
      prepared ??= prepareFiles(served);
      return (await prepared).open.has(path);
    },
  };
}

/** The program that serves them: its version, and how a person calls it. */
type Served = Pick<PageParts, "version" | "program" | "demo">;

interface Prepared {
  readonly files: ReadonlyMap<string, ServedFile>;
  /** Paths of what may be seen before signing in. */
  readonly open: ReadonlySet<string>;
  /** What every page refers to. */
  readonly frame: Pick<PageParts, "stylesheet" | "early" | "icon">;
}

const signInPath = "/signin";

/** Each document with the module that starts it and the one that draws it; what both reach is loaded at once, the rest when asked for. */
const documents = [
  ...pages.map(({ path, module }) => ({ path: `/${path}`, title: "Virtuoso", entry: "main", view: module })),
  { path: signInPath, title: "Sign in to Virtuoso", entry: "access/signin-main", view: "access/signin-page" },
  { path: "/docs", title: "Virtuoso API", entry: "docs/main", view: "docs/docs-page" },
];

/** One sheet for all pages, in this order; what stands on paper has the last word. */
const sheets = [
  "tokens",
  "ground",
  "parts",
  "skeleton",
  "shell",
  "desk",
  "panels",
  "pages",
  "content",
  "details",
  "access",
  "acts",
  "drawer",
  "docs",
  "touch",
  "print",
];

const uiDirectory = join(import.meta.dir, "../../ui");

async function prepareFiles(served: Served): Promise<Prepared> {
  const files = new Map<string, ServedFile>();
  const open = new Set<string>();

  function keep(url: string, file: ServedFile): string {
    files.set(`/${url}`, file);
    return `./${url}`;
  }

  function add(name: string, extension: string, type: string, text: string): string {
    const file = fileOf(type, text);
    return keep(`ui/${name}.${file.hash}.${extension}`, file);
  }

  const late = ["main", ...lateModules] as const;
  const joined = await bundleModules(uiDirectory, {
    desk: late,
    details: detailsModules,
    others: documents.flatMap(({ entry, view }) => [entry, view]).filter((name) => !late.includes(name)),
  });
  for (const [path, text] of joined.files) keep(`ui/${path}`, fileOf(javascript, text));
  const chart = add(
    apart,
    "js",
    javascript,
    withoutSourceMap(
      readFileSync(
        join(
          dirname(Bun.resolveSync(`${apart}/package.json`, import.meta.dir)),
          "dist/lightweight-charts.standalone.production.mjs",
        ),
        "utf8",
      ),
    ),
  );
  const listing = JSON.stringify(Object.fromEntries(lateModules.map((name) => [name, joined.reachedFrom([name])])));
  // By these names pages are loaded when they are first shown, and so is the chart; which files each is made of is listed.
  const imports = {
    "./ui/modules": add("modules", "json", "application/json; charset=utf-8", listing),
    ...Object.fromEntries([...joined.entries].map(([entry, path]) => [`./ui/${entry}`, `./ui/${path}`])),
    [apart]: chart,
  };
  const early = add(
    "early",
    "js",
    javascript,
    new Bun.Transpiler({ loader: "ts", target: "browser" }).transformSync(
      readFileSync(join(uiDirectory, "early.ts"), "utf8"),
    ),
  );
  const stylesheet = add(
    "style",
    "css",
    "text/css; charset=utf-8",
    sheets.map((name) => readFileSync(join(uiDirectory, `style/${name}.css`), "utf8")).join("\n"),
  );
  const drawing = (name: string) =>
    add(name, "svg", "image/svg+xml", readFileSync(join(uiDirectory, `${name}.svg`), "utf8"));
  const icon = drawing("icon");
  const iconLost = drawing("icon-lost");
  for (const { path, title, entry, view } of documents) {
    const preload = joined.reachedFrom([entry, view]).map((file) => `./ui/${file}`);
    const page = renderPage({
      title,
      ...served,
      root: path.slice(1).includes("/") ? "../" : "./",
      imports,
      early,
      entry: `./ui/${joined.entries.get(entry) ?? ""}`,
      preload,
      stylesheet,
      icon,
      iconLost,
    });
    if (path === signInPath)
      for (const url of [`.${path}`, icon, stylesheet, early, ...preload]) open.add(url.slice(1));
    files.set(
      path,
      serveText(page.html, {
        type: "text/html; charset=utf-8",
        caching: "revalidate",
        headers: { ...securityHeaders, "content-security-policy": page.contentSecurityPolicy },
      }),
    );
  }
  return { files, open, frame: { stylesheet, early, icon } };
}

const javascript = "text/javascript; charset=utf-8";

function fileOf(type: string, text: string): ServedFile {
  return serveText(text, { type, caching: "immutable", headers: securityHeaders });
}

/** The maps are not served, so the pointer to them would only make developer tools ask in vain. */
function withoutSourceMap(text: string): string {
  return text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

function toDesk(): Response {
  return new Response(null, {
    status: 302,
    headers: { ...securityHeaders, "location": "./dashboard", "cache-control": "no-store" },
  });
}

/** To the sign-in page, and back from there to where one wanted to go. */
export function toSignIn(path: string, search: string): Response {
  const location = `${rootFrom(path)}signin?next=${encodeURIComponent(path + search)}`;
  return new Response(null, { status: 302, headers: { ...securityHeaders, location, "cache-control": "no-store" } });
}

/** What serves this path: a page of the desk whatever stands in its `:name`, else the very file. */
function documentAt(path: string): string {
  const at = pageAt(path.slice(1));
  return at === null ? path : `/${at.entry.path}`;
}
