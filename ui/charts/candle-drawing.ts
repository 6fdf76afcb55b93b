import type { AutoscaleInfo, IPriceLine, SeriesMarker, UTCTimestamp } from "lightweight-charts";
import type { AlertShape, SignalShape } from "../wire";
import { candleSeconds, openingOf, withGaps, type Candle, type CandleTimeframe } from "./candles";
import { chartColours, faded, type ChartColours } from "./chart-colours";
import { chartLook, drawingOf, type ChartDrawing } from "./chart-look";
import { loadLibrary } from "../live/modules";
import { price, priceDecimals } from "../parts/numbers";
import { levelsInView, type Level, type LevelsInView } from "./levels-in-view";

export interface Drawn {
  readonly timeframe: CandleTimeframe;
  readonly candles: readonly Candle[];
  readonly signals: readonly SignalShape[];
  readonly alerts: readonly AlertShape[];
  readonly levels: readonly Level[];
  /** The moment it is about: the chart begins near it, and what is marked there says so. */
  readonly about?: { readonly at: string; readonly words: string };
}

/**
 * Draws candles, their volume and what was said of them. The library is loaded here, the first time a chart is
 * wanted.
 */
export async function drawCandles(host: HTMLElement): Promise<ChartDrawing<Drawn>> {
  const { CandlestickSeries, HistogramSeries, LineStyle, createChart, createSeriesMarkers } =
    await loadLibrary<typeof import("lightweight-charts")>("lightweight-charts");
  const chart = createChart(host, chartLook(host));
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
  let subject = "";

  function draw(drawn: Drawn): void {
    const colours = chartColours();
    chart.applyOptions(chartLook(host));
    const newest = drawn.candles.at(-1)?.close ?? 0;
    const view = levelsInView(drawn.candles, drawn.levels);
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
      autoscaleInfoProvider: (original: () => AutoscaleInfo | null) => withLevels(original(), drawn.levels, view),
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
    if (subject !== drawn.timeframe) showFrom(drawn, places.length);
    subject = drawn.timeframe;
  }

  function showFrom({ about, candles, timeframe }: Drawn, count: number): void {
    const at = about === undefined ? null : openingOf(about.at, candles, candleSeconds[timeframe]);
    const first = Date.parse(candles[0]?.at ?? "") / 1000;
    if (at === null) chart.timeScale().fitContent();
    else {
      const place = (at - first) / candleSeconds[timeframe];
      // The names of the plan's lines stand at the right, where no candle is.
      chart.timeScale().setVisibleLogicalRange({ from: Math.max(0, Math.min(place - 60, count - 90)), to: count + 14 });
    }
  }

  return drawingOf(chart, host, draw);
}

/** The prices in sight, and of the plan what is near them. */
function withLevels(
  info: AutoscaleInfo | null,
  levels: readonly Level[],
  view: LevelsInView | null,
): AutoscaleInfo | null {
  const range = info?.priceRange ?? null;
  if (info === null || range === null || view === null) return info;
  const shown = levels.map(({ price: at }) => at).filter((at) => at >= view.low && at <= view.high);
  return {
    ...info,
    priceRange: { minValue: Math.min(range.minValue, ...shown), maxValue: Math.max(range.maxValue, ...shown) },
  };
}

/** Signals point their way from outside the candle, alerts are squares above it. */
function marksOf(
  { candles, timeframe, signals, alerts, about }: Drawn,
  colours: ChartColours,
): SeriesMarker<UTCTimestamp>[] {
  const place = (at: string) => openingOf(at, candles, candleSeconds[timeframe]) as UTCTimestamp | null;
  const named = (at: string) => (about?.at === at ? { text: about.words } : {});
  const marks: SeriesMarker<UTCTimestamp>[] = [];
  for (const { timestamp, direction } of signals) {
    const time = place(timestamp);
    if (time === null) continue;
    const mark = { time, ...named(timestamp) };
    if (direction === "long") marks.push({ ...mark, position: "belowBar", shape: "arrowUp", color: colours.long });
    else if (direction === "short")
      marks.push({ ...mark, position: "aboveBar", shape: "arrowDown", color: colours.short });
    else marks.push({ ...mark, position: "belowBar", shape: "circle", color: colours.quiet });
  }
  for (const { timestamp } of alerts) {
    const time = place(timestamp);
    if (time !== null)
      marks.push({ time, ...named(timestamp), position: "aboveBar", shape: "square", color: colours.text });
  }
  return marks.toSorted((a, b) => a.time - b.time);
}
