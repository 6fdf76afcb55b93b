import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import type { GlossaryWord } from "../../src/views/glossary";

/** A word with its definition from the glossary, by pointer, keyboard and touch. */
export function Term({ of: word, children }: { of: GlossaryWord; children?: ComponentChildren }) {
  return html`<dfn class="term" tabindex="0" data-term=${word}>${children}</dfn>`;
}

const occasions = ["pointerover", "focusin"] as const;

/** The definitions come with the first word that is pointed at, so that the first page is sent without them. */
export function followTerms(): void {
  function load(event: Event): void {
    if (!(event.target as Element).closest?.("[data-term]")) return;
    for (const occasion of occasions) document.removeEventListener(occasion, load);
    import("./term-tip").then(
      ({ showTips }) => showTips(event),
      () => followTerms(),
    );
  }
  for (const occasion of occasions) document.addEventListener(occasion, load);
}
