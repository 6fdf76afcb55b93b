import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { renderPage } from "./page";
import { lockedPolicy, securityHeaders } from "./security-headers";
import { serveText, type ServedFile } from "./served-file";

/** The desk's page and everything it loads, from memory. */
export interface Assets {
  /**
   * Answers GET and HEAD for `/`, `/dashboard` and the files under `/ui/`; undefined for anything else.
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
      return files.get(path)?.answer(request);
    },
  };
}

const uiDirectory = join(import.meta.dir, "../../ui");

/** Bare names a browser module may import. signals-core is found from signals, for it is not a dependency of our own. */
function vendorFiles(): Readonly<Record<string, string>> {
  const here = import.meta.dir;
  const signals = Bun.resolveSync("@preact/signals", here);
  return {
    "preact": Bun.resolveSync("preact", here),
    "preact/hooks": Bun.resolveSync("preact/hooks", here),
    "htm": Bun.resolveSync("htm", here),
    "htm/preact": Bun.resolveSync("htm/preact", here),
    "@preact/signals": signals,
    "@preact/signals-core": Bun.resolveSync("@preact/signals-core", dirname(signals)),
  };
}

function prepareFiles(): Map<string, ServedFile> {
  const files = new Map<string, ServedFile>();
  const imports: Record<string, string> = {};
  const transpiler = new Bun.Transpiler({ loader: "ts", target: "browser" });

  function add(name: string, extension: string, type: string, text: string): string {
    const file = serveText(text, { type, caching: "immutable", headers: { ...securityHeaders, "content-security-policy": lockedPolicy } });
    const url = `ui/${name}.${file.hash}.${extension}`;
    files.set(`/${url}`, file);
    return `./${url}`;
  }

  for (const [name, path] of Object.entries(vendorFiles())) {
    imports[name] = add(`vendor/${name.replace("@", "")}`, "js", javascript, withoutSourceMap(readFileSync(path, "utf8")));
  }
  // A module imports its neighbour as "./store", which the browser resolves to /ui/store before it asks the import map:
  // so modules are served as written, and a change in one renames only that one.
  for (const name of moduleNames()) {
    const text = transpiler.transformSync(readFileSync(join(uiDirectory, `${name}.ts`), "utf8"));
    imports[`./ui/${name}`] = add(name, "js", javascript, text);
  }

  const page = renderPage({
    title: "Virtuoso",
    imports,
    entry: imports["./ui/main"] ?? "",
    preload: Object.values(imports),
    stylesheet: add("style", "css", "text/css; charset=utf-8", readFileSync(join(uiDirectory, "style.css"), "utf8")),
    icon: add("icon", "svg", "image/svg+xml", readFileSync(join(uiDirectory, "icon.svg"), "utf8")),
  });
  files.set("/dashboard", serveText(page.html, {
    type: "text/html; charset=utf-8",
    caching: "revalidate",
    headers: { ...securityHeaders, "content-security-policy": page.contentSecurityPolicy },
  }));
  return files;
}

const javascript = "text/javascript; charset=utf-8";

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
