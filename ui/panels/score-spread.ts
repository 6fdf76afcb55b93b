import { html } from "htm/preact";
import { count } from "../parts/numbers";

const size = { bar: 28, gap: 4, height: 56 };

/** How many scores fell into each tenth of 0 to 100: 50 in the middle, short to the left, long to the right. */
export function ScoreSpread({ tenths, words }: { tenths: readonly number[]; words: string }) {
  const max = Math.max(1, ...tenths);
  const width = tenths.length * (size.bar + size.gap) - size.gap;
  const text = tenths.map((times, n) => `${n * 10} to ${n * 10 + 10}: ${count(times)}`).join(", ");
  return html`<figure class="spread">
    <svg
      width=${width} height=${size.height + 14} viewBox="0 0 ${width} ${size.height + 14}" role="img"
      aria-label=${`${words}. ${text}`}
    >
      <title>${text}</title>
      ${tenths.map((times, n) => {
        const tall = times === 0 ? 0 : Math.max(2, (times / max) * size.height);
        return html`<rect
          key=${n} class=${n < 5 ? "short" : "long"} x=${n * (size.bar + size.gap)} width=${size.bar}
          y=${size.height - tall} height=${tall}
        />`;
      })}
      <path class="base" d=${`M0 ${size.height + 0.5}H${width}`} />
      ${[0, 50, 100].map(
        (at) =>
          html`<text
            key=${at} x=${(width * at) / 100} y=${size.height + 12}
            text-anchor=${at === 0 ? "start" : at === 100 ? "end" : "middle"}
          >${at}</text>`,
      )}
    </svg>
    <figcaption class="quiet">${words}</figcaption>
  </figure>`;
}
