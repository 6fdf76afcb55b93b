import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import type { MarketDetail } from "../../src/views/market";
import { signedPercent } from "../parts/numbers";
import { hrefOf } from "../shell/route";
import { useWidth } from "../parts/width";

type Tile = MarketDetail["symbols"][number];

const min = { width: 76, height: 44 };
const gap = 2;
/** A change this large, in percent, has the fullest colour; more of it would take the figures their contrast. */
const fullest = 10;

/**
 * Every watched symbol with its change over 24 h, the most traded first: colour, sign and figure say the same. One
 * tab stop; arrows move inside.
 */
export function Heatmap({ exchange, symbols }: { exchange: string; symbols: readonly Tile[] }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [at, moveTo] = useState(0);
  const columns = Math.max(1, Math.floor((width + gap) / (min.width + gap)));
  const tile = (width + gap) / columns - gap;
  const rows = Math.ceil(symbols.length / columns);
  const height = rows * (min.height + gap) - gap;
  const ending = commonEnding(symbols.map(({ symbol }) => symbol));

  function step(event: KeyboardEvent): void {
    const by = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      Home: -at,
      End: symbols.length - 1 - at,
    }[event.key];
    const next = at + (by ?? 0);
    if (by === undefined || next < 0 || next >= symbols.length) return;
    event.preventDefault();
    moveTo(next);
    frame.current?.querySelectorAll<SVGAElement>("a")[next]?.focus();
  }

  return html`<section class="heatmap" aria-label=${`Watched symbols of ${exchange}`}>
    <h3 class="label">
      ${symbols.length} watched on ${exchange}, 24 h${
        ending === "" ? "" : html`, <span title="the ending they share">${ending}</span>`
      }
    </h3>
    <div ref=${frame}>
      ${
        width === 0
          ? null
          : html`<svg
            width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="group"
            aria-label="Change of each, the most traded first" onKeyDown=${step}
          >
            ${symbols.map(
              ({ symbol, change }, n) => html`<a
                key=${symbol} href=${hrefOf("symbol", symbol)}
                tabindex=${n === Math.min(at, symbols.length - 1) ? 0 : -1} onFocus=${() => moveTo(n)}
              >
                <title>${symbol} ${signedPercent(change) ?? "no data"}</title>
                <g
                  transform="translate(${(n % columns) * (tile + gap)} ${Math.floor(n / columns) * (min.height + gap)})"
                  class=${toneOf(change)}
                >
                  <rect class="ground" width=${tile} height=${min.height} rx="2" />
                  <rect class="tint" width=${tile} height=${min.height} rx="2" fill-opacity=${strength(change)} />
                  <text x=${tile / 2} y="19" text-anchor="middle" class="name">${short(symbol, ending)}</text>
                  <text x=${tile / 2} y="34" text-anchor="middle">${signedPercent(change) ?? "no data"}</text>
                </g>
              </a>`,
            )}
          </svg>`
      }
    </div>
  </section>`;
}

function toneOf(change: number | null): string {
  if (change === null) return "unknown";
  if (change === 0) return "flat";
  return change > 0 ? "up" : "down";
}

function strength(change: number | null): number {
  return change === null ? 0 : 0.06 + 0.44 * Math.min(1, Math.abs(change) / fullest);
}

/** The quote currency all of them share, which every tile can leave out. */
function commonEnding(symbols: readonly string[]): string {
  return (
    ["USDT", "USDC", "USD"].find((quote) => symbols.every((symbol) => symbol.endsWith(quote) && symbol !== quote)) ?? ""
  );
}

function short(symbol: string, ending: string): string {
  const name = symbol.slice(0, symbol.length - ending.length);
  return name.length > 10 ? `${name.slice(0, 9)}\u2026` : name;
}
