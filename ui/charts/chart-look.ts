import type { ChartOptions, DeepPartial, IChartApi } from "lightweight-charts";
import { chartColours, inkOnPaper, whenColoursChange } from "./chart-colours";

/** How every chart looks, in the colours of now. */
export function chartLook(host: HTMLElement): DeepPartial<ChartOptions> {
  const colours = chartColours();
  return {
    autoSize: false,
    width: host.clientWidth,
    height: host.clientHeight,
    // Its logo needs a style element, which the page's policy forbids: the notice and the link are below the chart
    // instead.
    layout: {
      attributionLogo: false,
      fontFamily: getComputedStyle(host).fontFamily,
      fontSize: 11,
      background: { color: "transparent" },
      textColor: colours.quiet,
    },
    grid: { vertLines: { color: colours.line }, horzLines: { color: colours.line } },
    // The browser's own may be one that date formats refuse.
    localization: { locale: "en-GB" },
    timeScale: { timeVisible: true, secondsVisible: false, borderColor: colours.line },
    rightPriceScale: { borderColor: colours.line },
    handleScroll: { vertTouchDrag: false },
  };
}

/**
 * Keeps a chart as large as its place, and calls back when other colours are chosen, and when the page goes on paper
 * or comes back; returns how to stop.
 */
function whenToDrawAgain(chart: IChartApi, host: HTMLElement, draw: () => void): () => void {
  const stopped = new AbortController();
  const stop = whenColoursChange(draw);
  const sized = new ResizeObserver(() => chart.resize(host.clientWidth, host.clientHeight));
  sized.observe(host);
  const toPaper = (on: boolean) => {
    inkOnPaper(on);
    draw();
    // At once: the browser does not wait for the next frame.
    chart.resize(host.clientWidth, host.clientHeight, true);
  };
  const { signal } = stopped;
  globalThis.addEventListener("beforeprint", () => toPaper(true), { signal });
  globalThis.addEventListener("afterprint", () => toPaper(false), { signal });
  matchMedia("print").addEventListener("change", ({ matches }) => toPaper(matches), { signal });
  return () => {
    stop();
    sized.disconnect();
    stopped.abort();
  };
}

const margin = 12;
const headPx = 28;

/** What a chart shows, on the ground of the page, under these words. */
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

/** A chart as its page has it. */
export interface ChartDrawing<Drawn> {
  show(drawn: Drawn): void;
  /** What it shows now, on the ground of the page, under these words. */
  picture(words: string): HTMLCanvasElement;
  remove(): void;
}

/** A chart that is drawn by `draw`, and again where colours, its place or paper ask for it. */
export function drawingOf<Drawn>(
  chart: IChartApi,
  host: HTMLElement,
  draw: (drawn: Drawn, isFirst: boolean) => void,
): ChartDrawing<Drawn> {
  let last: Drawn | undefined;
  const forget = whenToDrawAgain(chart, host, () => {
    if (last !== undefined) draw(last, false);
  });
  return {
    show(drawn) {
      const isFirst = last === undefined;
      last = drawn;
      draw(drawn, isFirst);
    },
    picture: (words) => onGround(chart.takeScreenshot(), words),
    remove() {
      forget();
      chart.remove();
    },
  };
}
