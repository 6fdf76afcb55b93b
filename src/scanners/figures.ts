import { decimalOf } from "../core/decimal";
import { figureNames, figureRanges, type Figure, type FigureName } from "../core/figure";
import type { Scanner, ScanTimes } from "./scheduler";

/** Somebody's JSON over HTTP, and where in it each figure stands: `data.total_market_cap.usd`, `data.0.value`. */
export interface FigureSource {
  readonly name: string;
  readonly url: string;
  readonly paths: Readonly<Record<FigureName, string | undefined>>;
}

export interface FigureScanDeps {
  readonly now: () => number;
  readonly onFigures: (figures: readonly Figure[]) => void;
}

const bytesMax = 1024 * 1024;

/** Reads the figures of one configured source; what it last gave stays, and grows old, while it fails. */
export function figureScanner(
  { name, url, paths }: FigureSource,
  { now, onFigures }: FigureScanDeps,
  times: () => ScanTimes,
): Scanner {
  return {
    name: `figures:${name}`,
    times,
    async scan(signal) {
      const answer = await fetch(url, { headers: { accept: "application/json" }, signal });
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
      const bytes = await answer.arrayBuffer();
      if (bytes.byteLength > bytesMax) throw new Error(`it answered ${bytes.byteLength} bytes, more than ${bytesMax}`);
      const body = parsed(new TextDecoder().decode(bytes));
      const at = now();
      const figures = figureNames.flatMap((figure) => {
        const path = paths[figure];
        return path === undefined ? [] : [{ name: figure, value: figureAt(body, figure, path), source: name, at }];
      });
      onFigures(figures);
      return figures.map(({ name: figure, value }) => `${figure.replaceAll("_", " ")} ${value}`).join(", ");
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error("it answered with something that is no JSON");
  }
}

/** Throws where there is no such number, or it cannot be right. */
function figureAt(body: unknown, figure: FigureName, path: string): number {
  const found = path
    .split(".")
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      body,
    );
  const value = typeof found === "string" ? decimalOf(found.trim()) : found;
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`there is no number at ${path}`);
  const { min, max } = figureRanges[figure];
  if (value < min || value > max) throw new Error(`${value} at ${path} cannot be a ${figure.replaceAll("_", " ")}`);
  return value;
}
