import type { Config } from "../config";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { figureScanner, type FigureSource } from "../scanners/figures";

const usualTimes = { intervalMs: 15 * 60_000, timeoutMs: 15_000 };

/** Figures about the market as a whole, read where the config says. */
export function figuresSection({ overview, times, now }: DaemonParts): Section {
  const deps = { now, onFigures: overview.putFigures.bind(overview) };
  return {
    name: "figures",
    scanners: (config) =>
      figuresOf(config).map((source) =>
        figureScanner(
          source,
          deps,
          times(nameOf(source), () => usualTimes),
        ),
      ),
  };
}

function figuresOf({ file }: Config): readonly FigureSource[] {
  return file.figures ?? [];
}

function nameOf({ name }: FigureSource): string {
  return `figures:${name}`;
}
