import { createHash } from "node:crypto";

/** What a page refers to. URLs begin with `./`, the daemon's root, so that it may live under a sub-path behind a proxy. */
export interface PageParts {
  readonly title: string;
  /** Of the program that serves it. */
  readonly version: string;
  /** How a person calls the program on its machine: `virtuoso` or `npx virtuoso`. */
  readonly program: string;
  /** Every number on it is simulated, and it says so from its first sight. */
  readonly demo?: boolean;
  /** The way from the page to the root: `./` or `../`. */
  readonly root: "./" | "../";
  readonly imports: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly preload: readonly string[];
  readonly stylesheet: string;
  /** A script, no module, that runs before anything is drawn. */
  readonly early: string;
  readonly icon: string;
  /** Of a page that has lost its connection. */
  readonly iconLost: string;
}

/** The HTML of a page and the policy it must be served with: the hash in it is that of the page's own import map. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

export function renderPage(parts: PageParts): Page {
  const fromHere = (url: string) => url.replace(/^\.\//, parts.root);
  const imports = Object.fromEntries(
    Object.entries(parts.imports).map(([name, url]) => [fromHere(name), fromHere(url)]),
  );
  const importMap = JSON.stringify({ imports });
  const preloads = parts.preload.map((url) => `<link rel="modulepreload" href="${fromHere(url)}">`).join("\n");
  const html = `<!doctype html>
<html lang="en" data-version="${parts.version}" data-program="${parts.program}"${parts.demo === true ? " data-demo" : ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<script src="${fromHere(parts.early)}"></script>
<title>${parts.title}</title>
<link rel="icon" type="image/svg+xml" href="${fromHere(parts.icon)}" data-lost="${fromHere(parts.iconLost)}">
<link rel="stylesheet" href="${fromHere(parts.stylesheet)}">
<script type="importmap">${importMap}</script>
${preloads}
<script type="module" src="${fromHere(parts.entry)}"></script>
</head>
<body>
<div id="desk"><noscript>Virtuoso's pages need JavaScript. The same answers come from the command line: ${parts.program} alerts, ${parts.program} signals.</noscript></div>
</body>
</html>
`;
  return { html, contentSecurityPolicy: policyFor(importMap) };
}

/** A hash rather than a nonce: the page stays the same for everyone and can be revalidated by its ETag. */
function policyFor(importMap: string): string {
  const hash = createHash("sha256").update(importMap).digest("base64");
  return contentSecurityPolicy(`'self' 'sha256-${hash}'`);
}

/** `scripts`: what may run. */
export function contentSecurityPolicy(scripts: string): string {
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
