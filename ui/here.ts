/** What is served below `ui/` lies below the daemon's root, wherever a proxy has put that. */
const root = new URL(import.meta.url.slice(0, import.meta.url.lastIndexOf("/ui/") + 1));

/** The address of a path of the daemon, such as `api/market`. */
export function here(path: string): URL {
  return new URL(path, root);
}

/** The part of an address below the daemon's root; null where it lies elsewhere. */
export function pathBelow(url: URL): string | null {
  return url.origin === root.origin && url.pathname.startsWith(root.pathname)
    ? url.pathname.slice(root.pathname.length)
    : null;
}
