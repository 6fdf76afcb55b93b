import { signal, type Signal } from "@preact/signals";
import { createContext } from "preact";

/** What waits above a list someone is reading, and how to have it. */
export interface News {
  /** As a reader counts it: "3", or "100+" where there may be more. */
  readonly waiting: string;
  readonly show: () => void;
}

/** Whether someone is reading a panel's list: what they look at must not move. */
export interface Reading {
  /** Is given the element the list scrolls in. */
  readonly body: (element: HTMLElement | null) => void;
  /** Scrolled away from the top, under the pointer, with the focus in it, or under a dialog. */
  readonly holds: () => boolean;
  /** Calls back once the reader leaves the list at its top; returns how to stop. */
  readonly onRelease: (released: () => void) => () => void;
  /** Null where nothing waits. */
  readonly news: Signal<News | null>;
}

/** Of the panel around; null outside of one. */
export const ReadingContext = createContext<Reading | null>(null);

export function createReading(): Reading {
  const listeners = new Set<() => void>();
  let element: HTMLElement | null = null;
  let pointed = false;
  // Kept as they change: measured at each event, they would cost a layout of the page each time.
  let scrolled = false;
  let scrolledPast = false;
  let watching = new AbortController();

  const holds = () =>
    element !== null &&
    (pointed ||
      scrolled ||
      scrolledPast ||
      element.contains(document.activeElement) ||
      document.querySelector("dialog[open]") !== null);
  const releaseIfFree = () => {
    if (news.peek() !== null && !holds()) listeners.forEach((released) => released());
  };
  // The focus has not arrived where it goes while it leaves.
  const afterFocus = () => queueMicrotask(releaseIfFree);
  const point = (over: boolean) => () => {
    pointed = over;
    releaseIfFree();
  };
  const news = signal<News | null>(null);

  return {
    holds,
    news,
    onRelease(released) {
      listeners.add(released);
      return () => void listeners.delete(released);
    },
    body(next) {
      if (next === element) return;
      watching.abort();
      watching = new AbortController();
      pointed = scrolled = scrolledPast = false;
      element = next;
      if (next === null) return;
      const options = { signal: watching.signal, passive: true };
      next.addEventListener("pointerenter", point(true), options);
      next.addEventListener("pointerleave", point(false), options);
      next.addEventListener("focusout", afterFocus, options);
      const scroll = () => {
        scrolled = next.scrollTop > 0;
        releaseIfFree();
      };
      // On a phone the page scrolls, and the list with it.
      const scrollPage = () => {
        scrolledPast = next.getBoundingClientRect().top < 0;
        releaseIfFree();
      };
      next.addEventListener("scroll", scroll, options);
      globalThis.addEventListener("scroll", scrollPage, options);
    },
  };
}
