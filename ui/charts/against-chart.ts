import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { signedPercent } from "../parts/numbers";
import type { AgainstPoint } from "./against";
import { drawAgainst } from "./against-drawing";
import type { CandleTimeframe } from "./candles";
import { keepPicture } from "./chart-picture";
import { PictureLine } from "./picture-line";
import { useDrawing } from "./use-drawing";

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
  const { host, drawing, failed } = useDrawing((place) => drawAgainst(place, symbol, benchmark));
  useEffect(() => drawing?.show({ points, at, timeframe }), [drawing, points, at, timeframe]);
  const last = points.at(-1);
  const words =
    last === undefined
      ? `${symbol} against ${benchmark}`
      : `${symbol} ${signedPercent(last.symbol)}, ${benchmark} ${signedPercent(last.benchmark)} over ${points.length} candles of ${timeframe}`;
  return html`<div class="candles" ref=${host} role="img" aria-label=${words}></div>
    <${PictureLine}
      keep=${drawing === null ? null : () => keepPicture(drawing.picture(words), `${symbol}-${benchmark}-${timeframe}`)}
    ><span class="quiet">change since the first candle; candles of ${timeframe}, times in UTC</span><//>
    ${failed ? html`<p class="aside">The chart could not be loaded. ${words}.</p>` : null}`;
}
