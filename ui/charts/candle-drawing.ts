import type { IPriceLine, SeriesMarker, UTCTimestamp } from "lightweight-charts";
import type { AlertShape, SignalShape } from "../wire";
import { candleSeconds, openingOf, withGaps, type Candle, type CandleTimeframe } from "./candles";
import { chartColours, faded, whenColoursChange, type ChartColours } from "./chart-colours";
import { price, priceDecimals } from "../parts/numbers";

/** A price a line is drawn at. */
export interface Level {
  readonly name: string;
  readonly price: number;
  readonly kind: "entry" | "stop" | "target";
}

export interface Drawn {
  readonly timeframe: CandleTimeframe;
  readonly candles: readonly Candle[];
  readonly signals: readonly SignalShape[];
  readonly alerts: readonly AlertShape[];
  readonly levels: readonly Level[];
}

export interface CandleDrawing {
  show(drawn: Drawn): void;
  /** What it shows now, on the ground of the page, under these words. */
  picture(words: string): HTMLCanvasElement;
  remove(): void;
}

/**
 * Draws candles, their volume and what was said of them. The library is loaded here, the first time a chart is
 * wanted.
 */
export async function drawCandles(host: HTMLElement): Promise<CandleDrawing> {
  const { CandlestickSeries, ColorType, HistogramSeries, LineStyle, createChart, createSeriesMarkers } =
    await import("lightweight-charts");
  const chart = createChart(host, {
    autoSize: true,
    // Its logo needs a style element, which the page's policy forbids: the notice and the link are below the chart
    // instead.
    layout: { attributionLogo: false, fontFamily: getComputedStyle(host).fontFamily, fontSize: 11 },
    // The browser's own may be one that date formats refuse.
    localization: { locale: "en-GB" },
    timeScale: { timeVisible: true, secondsVisible: false },
    handleScroll: { vertTouchDrag: false },
  });
  const candlesticks = chart.addSeries(CandlestickSeries, { borderVisible: true });
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: "",
    priceFormat: { type: "volume" },
    lastValueVisible: false,
    priceLineVisible: false,
  });
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
  const markers = createSeriesMarkers(candlesticks);
  let lines: IPriceLine[] = [];
  let last: Drawn | undefined;
  let subject = "";

  function show(drawn: Drawn): void {
    last = drawn;
    const colours = chartColours();
    chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: "transparent" }, textColor: colours.quiet },
      grid: { vertLines: { color: colours.line }, horzLines: { color: colours.line } },
      timeScale: { borderColor: colours.line },
      rightPriceScale: { borderColor: colours.line },
    });
    const newest = drawn.candles.at(-1)?.close ?? 0;
    candlesticks.applyOptions({
      upColor: colours.long,
      downColor: colours.short,
      borderUpColor: colours.long,
      borderDownColor: colours.short,
      wickUpColor: colours.long,
      wickDownColor: colours.short,
      priceFormat: {
        type: "custom",
        formatter: (value: number) => price(value) ?? "",
        minMove: 10 ** -priceDecimals(newest),
      },
    });
    const places = withGaps(drawn.candles, candleSeconds[drawn.timeframe]);
    candlesticks.setData(
      places.map(({ time, candle }) => ({
        time: time as UTCTimestamp,
        ...(candle && { open: candle.open, high: candle.high, low: candle.low, close: candle.close }),
      })),
    );
    volume.setData(
      places.flatMap(({ time, candle }) =>
        candle === null
          ? []
          : [
              {
                time: time as UTCTimestamp,
                value: candle.volume,
                color: faded(candle.close < candle.open ? colours.short : colours.long, 0.4),
              },
            ],
      ),
    );
    markers.setMarkers(marksOf(drawn, colours));
    for (const line of lines) candlesticks.removePriceLine(line);
    const colourOf = { entry: colours.text, stop: colours.short, target: colours.long };
    lines = drawn.levels.map(({ name, price: at, kind }) =>
      candlesticks.createPriceLine({
        price: at,
        title: name,
        color: colourOf[kind],
        lineWidth: 1,
        lineStyle: kind === "entry" ? LineStyle.Solid : LineStyle.Dashed,
        axisLabelVisible: true,
      }),
    );
    // Where the reader has scrolled to is kept as new candles come, but not for another timeframe.
    if (subject !== drawn.timeframe) chart.timeScale().fitContent();
    subject = drawn.timeframe;
  }

  const forget = whenColoursChange(() => {
    if (last !== undefined) show(last);
  });
  return {
    show,
    picture: (words) => onGround(chart.takeScreenshot(), words),
    remove() {
      forget();
      chart.remove();
    },
  };
}

/** Signals point their way from outside the candle, alerts are squares above it. */
function marksOf({ candles, timeframe, signals, alerts }: Drawn, colours: ChartColours): SeriesMarker<UTCTimestamp>[] {
  const place = (at: string) => openingOf(at, candles, candleSeconds[timeframe]) as UTCTimestamp | null;
  const marks: SeriesMarker<UTCTimestamp>[] = [];
  for (const { timestamp, direction } of signals) {
    const time = place(timestamp);
    if (time === null) continue;
    if (direction === "long") marks.push({ time, position: "belowBar", shape: "arrowUp", color: colours.long });
    else if (direction === "short")
      marks.push({ time, position: "aboveBar", shape: "arrowDown", color: colours.short });
    else marks.push({ time, position: "belowBar", shape: "circle", color: colours.quiet });
  }
  for (const { timestamp } of alerts) {
    const time = place(timestamp);
    if (time !== null) marks.push({ time, position: "aboveBar", shape: "square", color: colours.text });
  }
  return marks.toSorted((a, b) => a.time - b.time);
}

const margin = 12;
const headPx = 28;

function onGround(drawn: HTMLCanvasElement, words: string): HTMLCanvasElement {
  const scale = globalThis.devicePixelRatio;
  const picture = document.createElement("canvas");
  picture.width = drawn.width + 2 * margin * scale;
  picture.height = drawn.height + (headPx + margin) * scale;
  const brush = picture.getContext("2d");
  if (brush === null) return drawn;
  const { ground, text } = chartColours();
  brush.fillStyle = ground;
  brush.fillRect(0, 0, picture.width, picture.height);
  brush.fillStyle = text;
  brush.font = `${12 * scale}px ${getComputedStyle(document.body).fontFamily}`;
  brush.fillText(words, margin * scale, 19 * scale);
  brush.drawImage(drawn, margin * scale, headPx * scale);
  return picture;
}
