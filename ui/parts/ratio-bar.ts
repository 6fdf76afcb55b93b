import { html } from "htm/preact";
import { percentOfRatio } from "./numbers";
import { Value } from "./value";

const width = 72;

/**
 * A ratio drawn from the left, with its percentage, and a tick where an alert begins; `least` in percent, null where
 * it is not known.
 */
export function RatioBar({ of, name, min }: { of: number | null; name: string; min: number | null }) {
  if (of === null) return html`<${Value} of=${null} />`;
  const filled = width * Math.min(1, Math.max(0, of));
  return html`<span class="cell-score">
    <svg
      class="score" width=${width} height="10" viewBox="0 0 ${width} 10" role="img"
      aria-label=${`${name} ${percentOfRatio(of)}`}
    >
      <rect class="track" x=".5" y="2.5" width=${width - 1} height="5" />
      <rect class="fill" x="0" y="2" width=${filled} height="6" />
      ${min === null ? null : html`<path class="tick" d="M${(width * min) / 100} 0v10" />`}
    </svg>
    <span class="num">${percentOfRatio(of)}</span>
  </span>`;
}
