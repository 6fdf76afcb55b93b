/**
 * When a person last did something in any tab of this browser, epoch ms. A page without input does not keep the
 * session.
 */
const key = "virtuoso.last-input";
/** It moves on no oftener: a pointer on its way says so a hundred times a second. */
const notedEveryMs = 1000;

/** Null where nothing is known. */
export function lastInput(): number | null {
  const kept = Number(localStorage.getItem(key) ?? "");
  return kept > 0 ? Math.min(kept, Date.now()) : null;
}

/** Keeps the later of what is known and `at`. */
export function noteInput(at = Date.now()): void {
  if (at > (lastInput() ?? 0)) localStorage.setItem(key, String(Math.round(at)));
}

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "touchmove"] as const;

/**
 * Calls back on input, here and in other tabs. Events of scripts are none, nor is a pointer at rest under which the
 * page moves. Returns how to stop.
 */
export function onInput(changed: () => void): () => void {
  let place = "";
  const listener = (event: Event) => {
    if (!event.isTrusted) return;
    if (event.type === "pointermove") {
      const { screenX, screenY } = event as PointerEvent;
      const before = place;
      place = `${screenX} ${screenY}`;
      if (before === "" || before === place) return;
    }
    if (Date.now() - (lastInput() ?? 0) < notedEveryMs) return;
    noteInput();
    changed();
  };
  const onOther = (event: StorageEvent) => {
    if (event.key === key) changed();
  };
  for (const sign of signs) document.addEventListener(sign, listener, { capture: true, passive: true });
  globalThis.addEventListener("storage", onOther);
  return () => {
    for (const sign of signs) document.removeEventListener(sign, listener, { capture: true });
    globalThis.removeEventListener("storage", onOther);
  };
}
