import type { ComponentChildren } from "preact";
import { html } from "htm/preact";

/** A panel of things to read and to do, as high as they are. */
export function Block({
  name,
  title,
  trouble = null,
  children,
}: {
  name: string;
  title: string;
  trouble?: string | null;
  children?: ComponentChildren;
}) {
  return html`<section class="panel block" aria-labelledby="block-${name}">
    <header><div class="title"><h2 id="block-${name}">${title}</h2></div></header>
    ${trouble === null ? null : html`<p class="notice" role="status">${trouble}</p>`}
    <div class="inside">${children}</div>
  </section>`;
}
