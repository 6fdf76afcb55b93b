import { actByKey } from "../acts/key-acts";
import { focusRow, rowsIn } from "../lists/rows";
import { refreshAll } from "../live/refresh";
import { pages } from "../pages";
import type { Store } from "../store";
import { overlay } from "./overlay";
import { hrefOf } from "./route";
import type { Router } from "./router";

/** How long `g` waits for the letter of a page. */
const prefixMs = 1500;

export interface Binding {
  readonly keys: string;
  readonly does: string;
}

/** Every key there is, for the sheet that shows them. */
export const bindings: readonly Binding[] = [
  { keys: "Ctrl K", does: "search and run" },
  { keys: "/", does: "search" },
  { keys: "j  k", does: "next and previous row" },
  { keys: "Enter", does: "open the row" },
  { keys: "n", does: "show what is new above the list" },
  { keys: "a", does: "acknowledge the focused or open alert, or give it back" },
  { keys: "m", does: "mute what is like the focused or open alert" },
  { keys: "Escape", does: "close the overlay" },
  { keys: "Ctrl R", does: "refresh the data, without a load" },
  { keys: "?", does: "these keys" },
  ...pages.flatMap(({ key, title }) => (key === undefined ? [] : [{ keys: `g ${key}`, does: title }])),
];

/** Listens for keys on the whole page; what one types into a field stays a letter. Returns how to stop. */
export function followKeys(store: Store, router: Router): () => void {
  let prefixed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (control && !event.altKey && !event.shiftKey && (key === "k" || key === "r")) {
      event.preventDefault();
      if (key === "k") overlay.show("palette");
      else refreshAll(store);
      return;
    }
    if (control || event.altKey) return;
    if (document.querySelector("dialog[open]") !== null) {
      if (!isTyping(event.target) && actByKey(event.key, document.activeElement)) event.preventDefault();
      return;
    }
    if (overlay.shown.peek() === "palette") {
      // Its module is still loading, but the reader is typing into it already.
      event.preventDefault();
      if (event.key === "Escape") overlay.close();
      else overlay.typeEarly(event.key);
      return;
    }
    if (isTyping(event.target)) return;
    if (act(event.key)) event.preventDefault();
  }

  /** Whether the key meant something. */
  function act(key: string): boolean {
    const page = prefixed ? pages.find((entry) => entry.key === key) : undefined;
    prefixed = key === "g" && !prefixed;
    clearTimeout(timer);
    if (prefixed)
      timer = setTimeout(() => {
        prefixed = false;
      }, prefixMs);
    if (page !== undefined) router.go(hrefOf(page.name));
    else if (key === "/") overlay.show("palette");
    else if (key === "?") overlay.show("keys");
    else if (key === "j") return step(1);
    else if (key === "k") return step(-1);
    else if (key === "n") return showNews();
    else return prefixed || actByKey(key, document.activeElement);
    return true;
  }

  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

/** To the next row of the panel one is in, or into the first panel that has rows. */
function step(by: 1 | -1): boolean {
  const bodies = [...document.querySelectorAll("main .panel .body")];
  const own = document.activeElement?.closest("main .panel")?.querySelector(".body") ?? null;
  const rows = [rowsIn(own), ...bodies.map(rowsIn)].find(({ length }) => length > 0) ?? [];
  if (rows.length === 0) return false;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  focusRow(at < 0 ? rows[by === 1 ? 0 : rows.length - 1] : rows[Math.min(rows.length - 1, Math.max(0, at + by))]);
  return true;
}

/** What waits above the list one is in, or above the first in which something waits. */
function showNews(): boolean {
  const buttons = [...document.querySelectorAll<HTMLElement>("main .news")];
  const button = buttons.find((one) => one.closest(".panel")?.contains(document.activeElement)) ?? buttons[0];
  button?.click();
  return button !== undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
