import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { signedPercent } from "../parts/numbers";
import type { AgainstPoint } from "./against";
import { drawAgainst, type AgainstDrawing } from "./against-drawing";
import type { CandleTimeframe } from "./candles";
import { keepPicture } from "./chart-picture";

export interface AgainstChartProps {
  readonly symbol: string;
  readonly benchmark: string;
  /** Must stay the same as long as nothing in it changes. */
  readonly of: readonly AgainstPoint[];
  readonly at: string;
  readonly timeframe: CandleTimeframe;
}

/** Two lines, both from zero; screen readers get a sentence. */
export function AgainstChart({ symbol, benchmark, of: points, at, timeframe }: AgainstChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<AgainstDrawing | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let over = false;
    let made: AgainstDrawing | undefined;
    const draw = async () => {
      if (host.current === null) return;
      made = await drawAgainst(host.current, symbol, benchmark);
      if (over) made.remove();
      else setDrawing(made);
    };
    draw().catch(() => setFailed(true));
    return () => {
      over = true;
      made?.remove();
    };
  }, []);
  useEffect(() => drawing?.show({ points, at, timeframe }), [drawing, points, at, timeframe]);
  const last = points.at(-1);
  const words =
    last === undefined
      ? `${symbol} against ${benchmark}`
      : `${symbol} ${signedPercent(last.symbol)}, ${benchmark} ${signedPercent(last.benchmark)} over ${points.length} candles of ${timeframe}`;
  return html`<div class="candles" ref=${host} role="img" aria-label=${words}></div>
    <p class="aside">
      ${
        drawing === null
          ? null
          : html`<button
            type="button" class="plain"
            onClick=${() => keepPicture(drawing.picture(words), `${symbol}-${benchmark}-${timeframe}`)}
          >Keep as PNG</button>`
      }
      <span class="quiet">change since the first candle; candles of ${timeframe}, times in UTC</span>
    </p>
    ${failed ? html`<p class="aside">The chart could not be loaded. ${words}.</p>` : null}`;
}
