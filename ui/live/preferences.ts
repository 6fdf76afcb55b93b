import { effect, signal, type ReadonlySignal } from "@preact/signals";
import type { PanelPlace, Preferences } from "../../src/views/preferences";
import { here } from "../here";
import { sendJson } from "./access";
import { fetchSignedIn } from "./session";
import { showToast } from "./toasts";

export type { PanelPlace, Preferences };

const unset: Preferences = {
  theme: "dark",
  colours: "standard",
  density: "compact",
  layout: null,
  sound: [],
  notify: [],
  alerts_seen_at: null,
};
/** The browser's own copy: there at once, and while the daemon is away. */
const copyName = "virtuoso.preferences";
/** Dragging a panel is one change, not fifty. */
const restMs = 400;

const chosen = signal<Preferences>({ ...unset, ...ownCopy() });
let waiting: Partial<Preferences> = {};
let timer: ReturnType<typeof setTimeout> | undefined;

/** What the reader chose, from their account. */
export const preferences: ReadonlySignal<Preferences> = chosen;

const read = signal(false);
/** Whether what the account chose is known, not only what this browser remembers. */
export const accountRead: ReadonlySignal<boolean> = read;

/** Holds at once, and is kept for the account shortly after. */
export function prefer(patch: Partial<Preferences>): void {
  take({ ...chosen.peek(), ...patch });
  waiting = { ...waiting, ...patch };
  clearTimeout(timer);
  timer = setTimeout(() => void keep(), restMs);
}

/** Reads what the account chose elsewhere, and lets the page look so. Returns how to stop. */
export function followPreferences(): () => void {
  const system = matchMedia("(prefers-color-scheme: light)");
  const check = () => {
    const { theme, colours, density } = chosen.value;
    const root = document.documentElement.dataset;
    root["theme"] = theme === "light" || (theme === "system" && system.matches) ? "light" : "dark";
    root["colours"] = colours;
    root["density"] = density;
    localStorage.setItem("virtuoso.looks", [theme, colours, density].join(" "));
  };
  const stop = effect(check);
  system.addEventListener("change", check);
  globalThis.addEventListener("storage", otherPage);
  document.addEventListener("visibilitychange", looked);
  void readAccount();
  return () => {
    stop();
    system.removeEventListener("change", check);
    globalThis.removeEventListener("storage", otherPage);
    document.removeEventListener("visibilitychange", looked);
  };
}

async function readAccount(): Promise<void> {
  const answer = await fetchSignedIn(here("api/preferences")).catch(() => null);
  // Where the daemon is away the browser's copy goes on.
  if (answer?.ok !== true) return;
  take({ ...((await answer.json()) as Preferences), ...waiting });
  read.value = true;
}

/** What waits is kept before the page is gone; what was chosen elsewhere meanwhile is read when it is looked at again. */
function looked(): void {
  if (document.visibilityState === "visible") void readAccount();
  // In the next task: another listener may choose something when the page is left.
  else setTimeout(() => void keep());
}

async function keep(): Promise<void> {
  clearTimeout(timer);
  const patch = waiting;
  if (Object.keys(patch).length === 0) return;
  waiting = {};
  const answer = await sendJson("PATCH", "api/preferences", patch).catch(() => null);
  // An answer that is not read keeps its connection busy.
  await answer?.text();
  if (answer?.ok !== true) showToast("bad", "What you chose holds in this browser; the daemon did not keep it.");
}

function take(next: Preferences): void {
  chosen.value = next;
  localStorage.setItem(copyName, JSON.stringify(next));
}

function ownCopy(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(copyName) ?? "{}") as Partial<Preferences>;
  } catch {
    return {};
  }
}

/** Another page of this browser chose. */
function otherPage(event: StorageEvent): void {
  if (event.key === copyName) chosen.value = { ...unset, ...ownCopy() };
}
