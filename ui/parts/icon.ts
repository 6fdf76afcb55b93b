import { html } from "htm/preact";

const shapes = {
  up: () => html`<path class="solid" d="M8 2 15 14H1z" />`,
  down: () => html`<path class="solid" d="M8 14 1 2h14z" />`,
  flat: () => html`<path class="solid" d="M1 6h14v4H1z" />`,
  square: () => html`<path class="solid" d="M3 3h10v10H3z" />`,
  leave: () => html`<path d="M9 3H3v10h6M7 8h7m0 0-3-3m3 3-3 3" />`,
  check: () => html`<path d="m3 8.500 3.500 3.500L13 4.500" />`,
  held: () => html`<path d="M5.500 3.500v9M10.500 3.500v9" />`,
  pass: () => html`<path d="M4 8h8" />`,
  live: () => html`<circle class="solid" cx="8" cy="8" r="5.500" />`,
  stale: () => html`<circle cx="8" cy="8" r="5.500" /><path class="solid" d="M8 2.500a5.500 5.500 0 0 0 0 11z" />`,
  none: () => html`<circle cx="8" cy="8" r="5.500" stroke-dasharray="2.500 2.500" />`,
  error: () => html`<path d="m3.500 3.500 9 9m0-9-9 9" stroke-width="2.500" />`,
  warning: () => html`<path d="M8 2 14.500 13.500h-13zM8 6.500v3.500M8 12v.1" />`,
  bars3: () => html`<path class="solid" d="M1 10h3.500v5H1zM6.200 6h3.500v9H6.200zM11.500 1H15v14h-3.500z" />`,
  bars2: () => html`<path class="solid" d="M1 10h3.500v5H1zM6.200 6h3.500v9H6.200z" /><path class="solid off" d="M11.500 1H15v14h-3.500z" />`,
  bars1: () => html`<path class="solid" d="M1 10h3.500v5H1z" /><path class="solid off" d="M6.200 6h3.500v9H6.200zM11.500 1H15v14h-3.500z" />`,
} as const;

export type IconName = keyof typeof shapes;

/** A drawing beside words that say the same; it is never the only bearer of a meaning. */
export function Icon({ name }: { name: IconName }) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[name]()}</svg>`;
}
