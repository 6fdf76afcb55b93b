import { effect } from "@preact/signals";
import { learnWhoLooks, me } from "./access";
import { drawChance } from "./backoff";
import { keptUntil, onOtherTab } from "./kept-until";
import { renewSession, toSignIn } from "./session";

/** So long before the access token ends it is renewed, and up to as much earlier: not every tab at once. */
const aheadMs = 60_000;

/** Another tab signed in, perhaps as another, went on, or signed out. */
function heardFromOtherTab(): void {
  if (keptUntil() === null && me.peek()?.auth === "required") toSignIn();
  else void learnWhoLooks();
}

/** A page the browser kept while one was elsewhere may be of a session that is over. */
function shownAgain(event: PageTransitionEvent): void {
  if (event.persisted) void learnWhoLooks();
}

/** Keeps the session going while a page of it is open, and the page off the screen once nobody is signed in. Returns how to stop. */
export function keepSession(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function plan(): void {
    clearTimeout(timer);
    if (me.value?.auth !== "required") return;
    const until = keptUntil();
    const waitMs = until === null ? 0 : until - Date.now() - aheadMs * (1 + drawChance());
    timer = setTimeout(() => void renew(until), Math.max(0, waitMs));
  }

  async function renew(until: number | null): Promise<void> {
    const session = await renewSession(until);
    if (session === "alive") plan();
    else if (session === "ended") toSignIn();
    else timer = setTimeout(() => void renew(until), aheadMs / 4);
  }

  /** Timers stand still while a machine sleeps. */
  function lookedAtAgain(): void {
    if (document.visibilityState === "visible") plan();
  }

  const stopHearing = onOtherTab(heardFromOtherTab);
  globalThis.addEventListener("pageshow", shownAgain);
  document.addEventListener("visibilitychange", lookedAtAgain);
  const stopPlanning = effect(plan);
  void learnWhoLooks();
  return () => {
    stopPlanning();
    clearTimeout(timer);
    stopHearing();
    globalThis.removeEventListener("pageshow", shownAgain);
    document.removeEventListener("visibilitychange", lookedAtAgain);
  };
}
