import type { Permission } from "../src/core/roles";
import type { IconName } from "./parts/icon";

/** Where a page is offered: beside the brand, under More, under one's account, or only by links. */
type Place = "header" | "more" | "account" | "link";

export interface PageEntry {
  readonly name: string;
  /** Below the daemon's root; one part may be a name of its own, written `:name`. */
  readonly path: string;
  readonly title: string;
  /** The module below ui/ that exports `Page`, loaded when the page is first shown. */
  readonly module: string;
  readonly place: Place;
  /** Typed after `g` it leads here. */
  readonly key?: string;
  /** On a phone it is in the bar at the bottom. */
  readonly icon?: IconName;
  /** Without it the page is not offered, and says so when opened. */
  readonly needs?: Permission;
}

/**
 * Every page of the desk. A page is one module that exports `Page({ route })`, and one line here: the address, the
 * navigation, the palette and the keys follow.
 */
const table = [
  { name: "desk", path: "dashboard", title: "Desk", module: "desk/desk", place: "header", key: "d", icon: "desk" },
  {
    name: "signals",
    path: "signals",
    title: "Signals",
    module: "pages/signals-page",
    place: "header",
    key: "s",
    icon: "signal",
  },
  {
    name: "alerts",
    path: "alerts",
    title: "Alerts",
    module: "pages/alerts-page",
    place: "header",
    key: "a",
    icon: "bell",
  },
  {
    name: "opportunities",
    path: "opportunities",
    title: "Opportunities",
    module: "pages/opportunities-page",
    place: "more",
    key: "o",
  },
  {
    name: "market",
    path: "market",
    title: "Market",
    module: "pages/market-page",
    place: "header",
    key: "m",
    icon: "market",
  },
  { name: "health", path: "health", title: "Health", module: "pages/health-page", place: "header", key: "h" },
  {
    name: "quarantine",
    path: "quarantine",
    title: "Quarantine",
    module: "pages/quarantine-page",
    place: "header",
    key: "q",
  },
  { name: "held-back", path: "held-back", title: "Held back", module: "pages/held-back-page", place: "more", key: "b" },
  { name: "sources", path: "sources", title: "Sources", module: "pages/sources-page", place: "more", key: "r" },
  { name: "account", path: "account", title: "Account", module: "access/account-page", place: "account" },
  {
    name: "users",
    path: "users",
    title: "Users",
    module: "access/users-page",
    place: "account",
    needs: "dashboard.admin",
  },
  {
    name: "audit",
    path: "audit",
    title: "Audit",
    module: "access/audit-page",
    place: "account",
    needs: "dashboard.admin",
  },
  { name: "symbol", path: "symbols/:symbol", title: "Symbol", module: "pages/symbol-page", place: "link" },
] as const satisfies readonly PageEntry[];

export type PageName = (typeof table)[number]["name"];

export const pages: readonly (PageEntry & { readonly name: PageName })[] = table;

export interface PageAt {
  readonly entry: PageEntry & { readonly name: PageName };
  /** What stands in the place of `:name`, decoded; null where the page has none. */
  readonly param: string | null;
}

/** Takes a path below the daemon's root, without a query; null where it is no page of the desk. */
export function pageAt(path: string): PageAt | null {
  const parts = path.split("/");
  for (const entry of pages) {
    const pattern = entry.path.split("/");
    if (
      pattern.length !== parts.length ||
      !pattern.every((part, n) => (part.startsWith(":") ? parts[n] !== "" : part === parts[n]))
    )
      continue;
    const place = pattern.findIndex((part) => part.startsWith(":"));
    return { entry, param: place < 0 ? null : decoded(parts[place] ?? "") };
  }
  return null;
}

export function entryOf(name: PageName): PageEntry {
  const entry = pages.find((page) => page.name === name);
  if (entry === undefined) throw new Error(`there is no page ${name}`);
  return entry;
}

/** An address a person typed may hold a lone percent sign. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
