import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import type { ReadonlySignal } from "@preact/signals";
import type { News } from "./reading";
import { focusRow, rowsIn } from "./rows";

/** Speech is slow: what waits is said so often at most, ms. */
const spokenEveryMs = 10_000;

/** "3 new": what waits above the list. Pressing it, or `n`, shows them. */
export function NewsButton({ title, of }: { title: string; of: ReadonlySignal<News | null> }) {
  const news = of.value;
  function press(event: MouseEvent): void {
    const body = (event.currentTarget as HTMLElement).closest(".panel")?.querySelector(".body");
    news?.show();
    body?.scrollTo(0, 0);
    // By keyboard one goes on at what is new; by pointer one looks on, and the list moves by itself again.
    if (event.detail === 0) requestAnimationFrame(() => focusRow(rowsIn(body ?? null)[0]));
  }

  return html`<span class="sr" role="status">${useSpoken(news?.waiting ?? null)}</span>
    ${
      news === null
        ? null
        : html`<button type="button" class="news" aria-keyshortcuts="n" onClick=${press}>
          ${news.waiting} new<span class="sr"> in ${title}</span>
        </button>`
    }`;
}

/** What a screen reader says: the first at once, then how many there are by now, and nothing where none wait. */
function useSpoken(waiting: string | null): string {
  const [spoken, speak] = useState<string | null>(null);
  const due = waiting !== spoken;
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(() => speak(waiting), spoken === null || waiting === null ? 0 : spokenEveryMs);
    return () => clearTimeout(timer);
  }, [due]);
  return spoken === null ? "" : `${spoken} new, n shows them`;
}
