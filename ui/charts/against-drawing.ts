import type { IChartApi, UTCTimestamp } from "lightweight-charts";
import { signedPercent } from "../parts/numbers";
import type { AgainstPoint } from "./against";
import { candleSeconds, openingOf, type CandleTimeframe } from "./candles";
import { chartColours } from "./chart-colours";
import { chartLook, drawingOf, type ChartDrawing } from "./chart-look";
import { loadLibrary } from "../live/modules";

interface DrawnAgainst {
  readonly points: readonly AgainstPoint[];
  /** The moment that is marked. */
  readonly at: string;
  readonly timeframe: CandleTimeframe;
}

/** So wide are half of a marker's word and half of the axis's last label. */
const besidePixels = 32;

/** All of it, with room for what is written at either end. */
function fit(chart: IChartApi, count: number): void {
  const width = chart.timeScale().width();
  const beside = width > 4 * besidePixels ? (count * besidePixels) / (width - 2 * besidePixels) : 0;
  chart.timeScale().setVisibleLogicalRange({ from: -beside, to: count - 1 + beside });
}

const time = (at: string) => (Date.parse(at) / 1000) as UTCTimestamp;

/** Draws a symbol and its benchmark, both as the change since the first candle they share. */
export async function drawAgainst(
  host: HTMLElement,
  symbol: string,
  benchmark: string,
): Promise<ChartDrawing<DrawnAgainst>> {
  const { LineSeries, LineStyle, createChart, createSeriesMarkers } =
    await loadLibrary<typeof import("lightweight-charts")>("lightweight-charts");
  const chart = createChart(host, chartLook(host));
  const options = {
    priceLineVisible: false,
    priceFormat: { type: "custom", formatter: (value: number) => signedPercent(value) ?? "", minMove: 0.1 },
  } as const;
  const below = chart.addSeries(LineSeries, { ...options, title: benchmark, lineWidth: 1 });
  const line = chart.addSeries(LineSeries, { ...options, title: symbol, lineWidth: 2 });
  const zero = line.createPriceLine({ price: 0, lineWidth: 1, lineStyle: LineStyle.Dotted, axisLabelVisible: false });
  const markers = createSeriesMarkers(line);

  function draw(drawn: DrawnAgainst, isFirst: boolean): void {
    const colours = chartColours();
    chart.applyOptions(chartLook(host));
    line.applyOptions({ color: colours.text });
    below.applyOptions({ color: colours.quiet });
    zero.applyOptions({ color: colours.quiet });
    line.setData(drawn.points.map(({ at, symbol: value }) => ({ time: time(at), value })));
    below.setData(drawn.points.map(({ at, benchmark: value }) => ({ time: time(at), value })));
    const found = openingOf(drawn.at, drawn.points, candleSeconds[drawn.timeframe]) as UTCTimestamp | null;
    markers.setMarkers(
      found === null
        ? []
        : [{ time: found, position: "aboveBar", shape: "circle", color: colours.text, text: "found" }],
    );
    if (isFirst) fit(chart, drawn.points.length);
  }

  return drawingOf(chart, host, draw);
}
