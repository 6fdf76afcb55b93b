import { entryOf } from "../../ui/pages";
import { contentSecurityPolicy, type Page, type PageParts } from "./page";
import { securityHeaders } from "./security-headers";

type Parts = Pick<PageParts, "version" | "program" | "stylesheet" | "early" | "icon">;

/** Whoever looks at it is a person with a browser: scripts, and all who use the API, get a problem they can read. */
export function wantsPage({ headers }: Request, path: string): boolean {
  const isOfPages = !/^\/(?:api|ui)(?:\/|$)/.test(path);
  return isOfPages && (headers.get("accept") ?? "").includes("text/html");
}

/** The way from a path to the daemon's root, wherever a proxy has put that. */
export function rootFrom(path: string): string {
  return "../".repeat(path.split("/").length - 2) || "./";
}

export function notFoundResponse(parts: Parts, path: string): Response {
  const { html, contentSecurityPolicy: policy } = notFoundPage(parts, path);
  const headers = {
    ...securityHeaders,
    "content-security-policy": policy,
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "vary": "accept",
  };
  return new Response(html, { status: 404, headers });
}

const shownMax = 100;

/** Says what there is not, and leads back; without a script of its own. */
function notFoundPage({ version, program, ...parts }: Parts, path: string): Page {
  const root = rootFrom(path);
  const fromHere = (url: string) => url.replace(/^\.\//, root);
  const shown = path.length > shownMax ? `${path.slice(0, shownMax)}…` : path;
  const links = (["signals", "alerts", "health", "sources"] as const).map((name) => entryOf(name));
  const html = `<!doctype html>
<html lang="en" data-version="${version}" data-program="${program}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<script src="${fromHere(parts.early)}"></script>
<title>Not found · Virtuoso</title>
<link rel="icon" type="image/svg+xml" href="${fromHere(parts.icon)}">
<link rel="stylesheet" href="${fromHere(parts.stylesheet)}">
</head>
<body>
<main class="signin"><div class="card">
<p class="brand">
<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
<path fill="none" stroke="currentColor" stroke-width="2.5" d="m2 3 6 14 4-9.500"/><path fill="currentColor" d="M13 3h5v3h-5z"/>
</svg>VIRTUOSO
</p>
<h1>There is no such page</h1>
<p><code>${escaped(shown)}</code> leads nowhere here: it is mistyped, or a page of another version.</p>
<p class="sends"><a class="button primary" href="${root}dashboard">To the desk</a></p>
<p class="note">Or to ${links.map(({ path: to, title }) => `<a href="${root}${to}">${title}</a>`).join(", ")}.</p>
</div></main>
</body>
</html>
`;
  return { html, contentSecurityPolicy: contentSecurityPolicy("'self'") };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
