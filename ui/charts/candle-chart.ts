import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { keepPicture } from "./chart-picture";
import { drawCandles, type Drawn } from "./candle-drawing";
import { PictureLine } from "./picture-line";
import { useDrawing } from "./use-drawing";
import { price } from "../parts/numbers";
import { momentText } from "../parts/time";

/** Candles on a canvas; screen readers get a sentence. `of` must stay the same as long as nothing in it changes. */
export function CandleChart({
  symbol,
  of: drawn,
  children,
}: {
  symbol: string;
  of: Drawn;
  /** Beside the button below it. */
  children?: ComponentChildren;
}) {
  const { host, drawing, failed } = useDrawing(drawCandles);
  useEffect(() => drawing?.show(drawn), [drawing, drawn]);
  const words = `${symbol}, ${drawn.candles.length} candles of ${drawn.timeframe}${spanText(drawn)}`;
  return html`<div class="candles" ref=${host} role="img" aria-label=${words}></div>
    <${PictureLine}
      keep=${drawing === null ? null : () => keepPicture(drawing.picture(words), `${symbol}-${drawn.timeframe}`)}
    >${children}<//>
    ${failed ? html`<p class="aside">The chart could not be loaded; the newest candles are in the table below.</p>` : null}`;
}

function spanText({ candles }: Drawn): string {
  const [first, last] = [candles[0], candles.at(-1)];
  if (first === undefined || last === undefined) return "";
  return `, from ${momentText(Date.parse(first.at))} to ${momentText(Date.parse(last.at))}, last close ${price(last.close)}`;
}
