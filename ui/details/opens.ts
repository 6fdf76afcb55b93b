import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useRouter } from "../shell/router";

/** What may be opened over a page; each has its place in the address. */
export const openable = ["signal", "alert", "opportunity", "received"] as const;
export type Openable = (typeof openable)[number];

/** What an id is of, by its letter; null where nothing opens it. */
export function kindOf(id: string | null): Openable | null {
  const letter = id?.charAt(0) ?? "";
  if (letter === "m" || letter === "r") return "received";
  return openable.find((kind) => kind.charAt(0) === letter) ?? null;
}

/** The address of this page with that thing open over it. */
export function hrefOpening(kind: Openable, id: string): string {
  const url = new URL(location.href);
  for (const other of openable) url.searchParams.delete(other);
  url.searchParams.set(kind, id);
  return url.href;
}

/** A link that opens details over the page; in a row it takes the whole of it. */
export function Opens({
  kind,
  id,
  label,
  children,
}: {
  kind: Openable;
  id: string;
  label: string;
  children?: ComponentChildren;
}) {
  // Read, so that the link follows the filters in the address.
  void useRouter().route.value;
  return html`<a class="opens" href=${hrefOpening(kind, id)} aria-label=${label}>${children}</a>`;
}
