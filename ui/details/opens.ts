import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { hrefOpening, type Openable } from "../shell/opened";
import { useRouter } from "../shell/router";

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
