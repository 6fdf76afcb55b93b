import { here } from "../here";
import { mayOpen, me } from "../live/access";
import { prefer, preferences } from "../live/preferences";
import { refreshAll } from "../live/refresh";
import { markAlertsRead } from "../live/unread";
import { pages } from "../pages";
import type { IconName } from "../parts/icon";
import type { Store } from "../store";
import { resetLayout } from "../desk/layout";
import { leave } from "./account-menu";
import { overlay } from "./overlay";
import { hrefOf } from "./route";
import type { Router } from "./router";

/** One line of the palette. */
export interface Command {
  readonly id: string;
  readonly kind: "page" | "symbol" | "action" | "search";
  readonly icon: IconName;
  readonly title: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** Everything one can go to or do by name. */
export function commandsOf(store: Store, router: Router, symbols: readonly string[]): readonly Command[] {
  const go = (href: string) => () => router.go(href);
  const { theme, density, colours } = preferences.peek();
  const nextTheme = theme === "light" ? "dark" : "light";
  const nextDensity = density === "compact" ? "comfortable" : "compact";
  return [
    ...pages
      .filter((page) => !page.path.includes(":") && mayOpen(page))
      .map(({ name, title, key, icon }): Command => ({
        id: `page ${name}`,
        kind: "page",
        icon: icon ?? "next",
        title,
        ...(key === undefined ? {} : { keys: `g ${key}` }),
        run: go(hrefOf(name)),
      })),
    {
      id: "configuration",
      kind: "action",
      icon: "settings",
      title: "Configuration",
      run: () => overlay.show("configuration"),
    },
    {
      id: "refresh",
      kind: "action",
      icon: "refresh",
      title: "Refresh the data",
      keys: "Ctrl R",
      run: () => refreshAll(store),
    },
    { id: "read", kind: "action", icon: "bell", title: "Mark all alerts as read", run: () => markAlertsRead(store) },
    {
      id: "theme",
      kind: "action",
      icon: "theme",
      title: `Theme: ${nextTheme}`,
      run: () => prefer({ theme: nextTheme }),
    },
    {
      id: "colours",
      kind: "action",
      icon: "theme",
      title: colours === "safe" ? "Colours: green and red" : "Colours: blue and pink, colour-blind safe",
      run: () => prefer({ colours: colours === "safe" ? "standard" : "safe" }),
    },
    {
      id: "density",
      kind: "action",
      icon: "layout",
      title: `Density: ${nextDensity}`,
      run: () => prefer({ density: nextDensity }),
    },
    { id: "layout", kind: "action", icon: "layout", title: "Reset the layout of the desk", run: resetLayout },
    {
      id: "print",
      kind: "action",
      icon: "download",
      title: "Print the page, or keep it as PDF",
      run: () => setTimeout(() => globalThis.print()),
    },
    { id: "keys", kind: "action", icon: "more", title: "Keys", keys: "?", run: () => overlay.show("keys") },
    { id: "api", kind: "action", icon: "open", title: "The API, described", run: () => location.assign(here("docs")) },
    ...(me.peek()?.auth === "required"
      ? [{ id: "leave", kind: "action", icon: "user", title: "Sign out", run: () => void leave() } satisfies Command]
      : []),
    ...symbols.map((symbol): Command => ({
      id: `symbol ${symbol}`,
      kind: "symbol",
      icon: "market",
      title: symbol,
      run: go(hrefOf("symbol", symbol)),
    })),
  ];
}

/** Searches of the words in the stored lists. */
export function searchesOf(router: Router, words: string): readonly Command[] {
  const lists = [
    ["signals", "signals"],
    ["alerts", "alerts"],
  ] as const;
  return lists.flatMap(([path, title]) =>
    pages.some((page) => page.path === path)
      ? [
          {
            id: `search ${path}`,
            kind: "search" as const,
            icon: "search" as const,
            title: `Search ${title} for \u201c${words}\u201d`,
            run: () => router.go(here(`${path}?q=${encodeURIComponent(words)}`).href),
          },
        ]
      : [],
  );
}

/** The commands that fit, the best first: a beginning before a word's beginning before letters in order. */
export function matching(commands: readonly Command[], words: string): readonly Command[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return commands.filter(({ kind }) => kind !== "symbol");
  return commands
    .map((command) => ({ command, rank: rankOf(command.title.toLowerCase(), wanted) }))
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.command.title.length - b.command.title.length)
    .map(({ command }) => command);
}

function rankOf(title: string, wanted: string): number | null {
  if (title.startsWith(wanted)) return 0;
  if (title.split(/[\s:,]+/).some((word) => word.startsWith(wanted))) return 1;
  if (title.includes(wanted)) return 2;
  let at = -1;
  for (const letter of wanted) {
    at = title.indexOf(letter, at + 1);
    if (at < 0) return null;
  }
  return 3;
}
