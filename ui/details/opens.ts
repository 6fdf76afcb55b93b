import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useRouter } from "../shell/router";

/** What may be opened over a page; each has its place in the address. */
export const opened = ["signal", "alert"] as const;
export type Opened = (typeof opened)[number];

/** The address of this page with that thing open over it. */
export function hrefOpening(kind: Opened, id: string): string {
  const url = new URL(location.href);
  for (const other of opened) url.searchParams.delete(other);
  url.searchParams.set(kind, id);
  return url.href;
}

/** A link that opens details over the page; in a row it takes the whole of it. */
export function Opens({ kind, id, label, children }: { kind: Opened; id: string; label: string; children?: ComponentChildren }) {
  // Read, so that the link follows the filters in the address.
  void useRouter().route.value;
  return html`<a class="opens" href=${hrefOpening(kind, id)} aria-label=${label}>${children}</a>`;
}
