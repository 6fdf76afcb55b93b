import { html } from "htm/preact";
import { generate } from "lean-qr";

/** What a phone needs around it, in squares. */
const quiet = 4;

/** A text for a phone's camera; dark on light in every theme, for that is what cameras expect. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = generate(text);
  const size = code.size + 2 * quiet;
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
    <path fill="#ffffff" d="M0 0h${size}v${size}H0z" /><path fill="#000000" d=${rowsOf(code)} />
  </svg>`;
}

/** One stroke for each run of dark squares. */
function rowsOf(code: ReturnType<typeof generate>): string {
  const { size } = code;
  let path = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!code.get(x, y)) continue;
      const from = x;
      while (x < size && code.get(x, y)) x++;
      path += `M${from + quiet} ${y + quiet}h${x - from}v1h${from - x}z`;
    }
  }
  return path;
}
