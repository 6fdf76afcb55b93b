import { useEffect, useMemo, useRef } from "preact/hooks";

/** Whether someone is reading a list: what they look at must not move. */
export interface Hold {
  /** The element the list scrolls in, given to its panel. */
  readonly body: (element: HTMLElement | null) => void;
  /** Scrolled away from the top, under the pointer, with the focus in it, or under a dialog. */
  readonly holds: () => boolean;
}

/** `release` is called when the reader leaves the list at its top. */
export function useHold(release: () => void): Hold {
  const released = useRef(release);
  released.current = release;
  const watched = useMemo(() => watch(() => released.current()), []);
  useEffect(() => () => watched.body(null), [watched]);
  return watched;
}

function watch(release: () => void): Hold {
  let element: HTMLElement | null = null;
  let pointed = false;
  let listening = new AbortController();

  const holds = () =>
    element !== null &&
    (pointed ||
      element.scrollTop > 0 ||
      // On a phone the page scrolls, and the list with it.
      element.getBoundingClientRect().top < 0 ||
      element.contains(document.activeElement) ||
      document.querySelector("dialog[open]") !== null);
  const releaseIfFree = () => {
    if (!holds()) release();
  };
  // The focus has not arrived where it goes while it leaves.
  const afterFocus = () => queueMicrotask(releaseIfFree);

  return {
    holds,
    body(next) {
      if (next === element) return;
      listening.abort();
      listening = new AbortController();
      pointed = false;
      element = next;
      const options = { signal: listening.signal, passive: true };
      next?.addEventListener("pointerenter", () => void (pointed = true), options);
      next?.addEventListener(
        "pointerleave",
        () => {
          pointed = false;
          releaseIfFree();
        },
        options,
      );
      next?.addEventListener("focusout", afterFocus, options);
      next?.addEventListener("scroll", releaseIfFree, options);
      if (next !== null) globalThis.addEventListener("scroll", releaseIfFree, options);
    },
  };
}
