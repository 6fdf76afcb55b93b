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
  bars2: () =>
    html`<path class="solid" d="M1 10h3.500v5H1zM6.200 6h3.500v9H6.200z" />
      <path class="solid off" d="M11.500 1H15v14h-3.500z" />`,
  bars1: () =>
    html`<path class="solid" d="M1 10h3.500v5H1z" />
      <path class="solid off" d="M6.200 6h3.500v9H6.200zM11.500 1H15v14h-3.500z" />`,
  search: () => html`<circle cx="7" cy="7" r="4.500" /><path d="m10.500 10.500 3.500 3.500" />`,
  bell: () => html`<path d="M4 11V7a4 4 0 0 1 8 0v4l1.500 1.500h-11zM6.500 14.500h3" />`,
  mute: () =>
    html`<path d="M4 11V7a4 4 0 0 1 6.500-3.100M12 6.500V11l1.500 1.500h-7M6.500 14.500h3M2.500 13.500l11-11" />`,
  theme: () => html`<circle cx="8" cy="8" r="5.500" /><path class="solid" d="M8 2.500a5.500 5.500 0 0 1 0 11z" />`,
  user: () => html`<circle cx="8" cy="5.500" r="2.500" /><path d="M3 13.500c.6-2.600 2.500-4 5-4s4.400 1.400 5 4" />`,
  filter: () => html`<path d="M2.500 4h11M4.500 8h7M6.500 12h3" />`,
  download: () => html`<path d="M8 2.500v7m0 0L5 6.500m3 3 3-3M2.500 11v2.500h11V11" />`,
  open: () => html`<path d="M6 3H3v10h10v-3M9 3h4v4M13 3 7.500 8.500" />`,
  grip: () => html`<path class="solid" d="M5 3h2v2H5zM9 3h2v2H9zM5 7h2v2H5zM9 7h2v2H9zM5 11h2v2H5zM9 11h2v2H9z" />`,
  close: () => html`<path d="m3.500 3.500 9 9m0-9-9 9" />`,
  unknown: () =>
    html`<path d="M5.500 6a2.500 2.500 0 1 1 3.700 2.200c-.8.500-1.200 1-1.200 1.800M8 12.800v.1" stroke-width="2" />`,
  idle: () => html`<path d="M12.500 10A5.500 5.500 0 0 1 6 3.500 5.500 5.500 0 1 0 12.500 10z" />`,
  settings: () =>
    html`<path d="M2.500 4.500H9m3.500 0h1M2.500 11.500h1m3.500 0h6.500" />
      <circle cx="10.700" cy="4.500" r="1.800" />
      <circle cx="5.300" cy="11.500" r="1.800" />`,
  refresh: () => html`<path d="M13 8a5 5 0 1 1-1.500-3.500L13 6M13 2.500V6H9.500" />`,
  layout: () => html`<path d="M2.500 2.500h11v11h-11zM2.500 7h11M8.500 7v6.500" />`,
  desk: () =>
    html`<path d="M2.500 2.500h4.500v5H2.500zM9 2.500h4.500v3H9zM9 8h4.500v5.500H9zM2.500 10h4.500v3.500H2.500z" />`,
  signal: () => html`<path d="M2 8.500h2.500L6.500 3l3 10 2-4.500H14" />`,
  market: () =>
    html`<path
      d="M4 4v8M4 5.500H2.800v4.500h2.400V5.500zM8 2.500v9M8 4H6.800v5h2.400V4zM12 5v8.500M12 7h-1.200v4.500h2.400V7z"
    />`,
  more: () =>
    html`<path
      class="solid" d="M2.200 6.700h2.600v2.600H2.200zM6.700 6.700h2.600v2.600H6.700zM11.200 6.700h2.600v2.600h-2.600z"
    />`,
  previous: () => html`<path d="M10 3.500 5.500 8l4.500 4.500" />`,
  next: () => html`<path d="m6 3.500 4.500 4.500L6 12.500" />`,
  sound: () => html`<path d="M2.500 6v4H5l3.500 3V3L5 6zM11 6a3 3 0 0 1 0 4M12.800 4a6 6 0 0 1 0 8" />`,
  minus: () => html`<path d="M3.500 8h9" />`,
  plus: () => html`<path d="M3.500 8h9M8 3.500v9" />`,
  share: () =>
    html`<circle cx="12" cy="3.500" r="1.800" /><circle cx="4" cy="8" r="1.800" />
      <circle cx="12" cy="12.500" r="1.800" /><path d="m5.600 7.100 4.800-2.700M5.600 8.900l4.800 2.700" />`,
  pulse: () => html`<path d="M1.500 8.500h3L6 5l2.500 7L10 8.500h4.500" />`,
  box: () => html`<path d="M2.500 5 8 2.500 13.500 5v6L8 13.500 2.500 11zM2.500 5 8 7.500 13.500 5M8 7.500v6" />`,
  log: () => html`<path d="M2.500 4h11M2.500 8h7M2.500 12h9" />`,
  corner: () => html`<path d="M13 6v7H6" />`,
} as const;

export type IconName = keyof typeof shapes;

/** A drawing beside words that say the same; it is never the only bearer of a meaning. */
export function Icon({ name }: { name: IconName }) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[name]()}</svg>`;
}
