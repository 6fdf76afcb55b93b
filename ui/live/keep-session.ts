import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { refreshMe, me } from "./access";
import { drawChance } from "./backoff";
import { keptUntil, onOtherTab } from "./kept-until";
import { lastInput, onInput } from "./last-input";
import { planSession, type SessionPlan } from "./session-plan";
import { renewSession, toSignIn } from "./session";

type End = Pick<SessionPlan, "warnAt" | "endsAt">;

const end = signal<End | null>(null);

/** When the session ends without input, and from when on to warn of it; null where there is no session. */
export const sessionEnd: ReadonlySignal<End | null> = end;

/** So long before the access token ends it is renewed, and up to as much earlier: not every tab at once. */
const renewAheadMs = 60_000;

function drawAhead(): number {
  return renewAheadMs * (1 + drawChance());
}

/** Another tab signed in, perhaps as another, went on, or signed out. */
function renewedByOtherTab(): void {
  if (keptUntil() === null && me.peek()?.session) toSignIn();
  else void refreshMe();
}

/** A page the browser kept while one was elsewhere may be of a session that is over. */
function shownAgain(event: PageTransitionEvent): void {
  if (event.persisted) void refreshMe();
}

/** Keeps the session alive while it has input, and clears the page once it has ended. Returns how to stop. */
export function keepSession(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reportedAt = Date.now();
  let aheadMs = drawAhead();

  function now(): SessionPlan | null {
    const who = me.value;
    // A token has no session: a board on the wall has no input.
    if (who?.auth !== "required" || who.session === null) return null;
    const idleMaxMs = who.session.idle_seconds_max * 1000;
    return planSession({
      now: Date.now(),
      until: keptUntil(),
      lastInputAt: lastInput() ?? Date.now(),
      reportedAt,
      idleMaxMs,
      aheadMs,
    });
  }

  function plan(): void {
    clearTimeout(timer);
    const planned = now();
    end.value = planned;
    if (planned !== null) timer = setTimeout(act, planned.inMs);
  }

  /** What was planned, unless there was input meanwhile. */
  function act(): void {
    const planned = now();
    if (planned === null || planned.inMs > 0) plan();
    else if (planned.next === "leave") toSignIn();
    else void renew(keptUntil());
  }

  async function renew(until: number | null): Promise<void> {
    const session = await renewSession(until);
    if (session === "alive") {
      reportedAt = Date.now();
      aheadMs = drawAhead();
      plan();
    } else if (session === "ended") toSignIn();
    else timer = setTimeout(() => void renew(until), renewAheadMs / 4);
  }

  /** Timers stop while a machine sleeps. */
  function lookedAtAgain(): void {
    if (document.visibilityState === "visible") plan();
  }

  const stopHearing = onOtherTab(() => {
    reportedAt = Date.now();
    renewedByOtherTab();
  });
  const stopFeeling = onInput(plan);
  globalThis.addEventListener("pageshow", shownAgain);
  document.addEventListener("visibilitychange", lookedAtAgain);
  const stopPlanning = effect(plan);
  void refreshMe();
  return () => {
    stopPlanning();
    clearTimeout(timer);
    stopHearing();
    stopFeeling();
    globalThis.removeEventListener("pageshow", shownAgain);
    document.removeEventListener("visibilitychange", lookedAtAgain);
  };
}
