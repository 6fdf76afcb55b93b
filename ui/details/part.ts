import type { ComponentChildren } from "preact";
import { html } from "htm/preact";

export interface PartProps {
  readonly title: string;
  readonly note?: ComponentChildren;
  /** Beside the note, to press. */
  readonly tools?: ComponentChildren;
  readonly class?: string;
  readonly children?: ComponentChildren;
}

/** One part of what is open: its title, a note, and what it shows. */
export function Part({ title, note, tools, class: className = "", children }: PartProps) {
  return html`<section class="part ${className}">
    <header><h3>${title}</h3><span class="quiet">${note}</span>${tools}</header>
    ${children}
  </section>`;
}
