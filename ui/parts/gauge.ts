import { html } from "htm/preact";
import { Icon } from "./icon";
import { percent } from "./numbers";

const width = 100;

/** A share of something that may fill up, in percent, with ticks where it begins to matter. */
export function Gauge({
  name,
  of: value,
  warnAt,
  badAt,
  note,
}: {
  name: string;
  of: number | null;
  warnAt: number;
  badAt: number;
  note: string;
}) {
  const tone = value === null ? "unknown" : value >= badAt ? "unhealthy" : value >= warnAt ? "degraded" : "healthy";
  return html`<div class="gauge ${tone}">
    <p>
      <b>${name}</b>
      <span class="figure">${value === null ? html`<${Icon} name="none" />no data` : percent(value)}</span>
    </p>
    ${
      value === null
        ? null
        : html`<svg
          viewBox="0 0 ${width} 8" preserveAspectRatio="none" role="img"
          aria-label=${`${name} ${percent(value)}, warns from ${warnAt} %`}
        >
          <rect class="track" width=${width} height="8" />
          <rect class="fill" width=${Math.min(width, value)} height="8" />
          <path class="tick" d=${`M${warnAt} 0v8M${badAt} 0v8`} vector-effect="non-scaling-stroke" />
        </svg>`
    }
    <p class="quiet">${value === null ? "it cannot be measured here; this is not 0 %" : note}</p>
  </div>`;
}
