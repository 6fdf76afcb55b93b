import type { Exposed } from "./instrument";

export type Format = "text" | "openmetrics";

export const contentTypes: Readonly<Record<Format, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

/** Which format an `Accept` header likes better; text where it does not say. */
export function formatFor(accept: string | null): Format {
  let best: { format: Format; quality: number } = { format: "text", quality: 0 };
  for (const part of (accept ?? "").split(",")) {
    const [type = "", ...parameters] = part.split(";").map((each) => each.trim().toLowerCase());
    const parameter = (name: string) => parameters.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
    const format = type === "application/openmetrics-text" ? "openmetrics" : type === "text/plain" ? "text" : null;
    if (format === "openmetrics" && (parameter("version") ?? "1.0.0") !== "1.0.0") continue;
    const quality = Number(parameter("q") ?? 1);
    if (format !== null && quality > best.quality) best = { format, quality };
  }
  return best.format;
}

/** How long writing may hold up everything else before it lets others on, ms. */
const pauseAfterMs = 2;

/** Everything as one page. Each format is written from the same numbers: what was asked before changes nothing. */
export async function writeOut(instruments: readonly Exposed[], format: Format, elapsed: () => number): Promise<string> {
  const openMetrics = format === "openmetrics";
  let page = "";
  let startedAt = elapsed();
  for (const instrument of instruments) {
    const lines = instrument.lines(openMetrics);
    if (lines !== "") page += headOf(instrument, openMetrics) + lines;
    if (elapsed() - startedAt < pauseAfterMs) continue;
    await new Promise<void>((resume) => setImmediate(resume));
    startedAt = elapsed();
  }
  return openMetrics ? `${page}# EOF\n` : page;
}

/** OpenMetrics names a counter without the `_total` its samples carry. */
function headOf({ described: { name, type, help } }: Exposed, openMetrics: boolean): string {
  const family = openMetrics && type === "counter" ? name.replace(/_total$/, "") : name;
  return `# HELP ${family} ${escapeHelp(help, openMetrics)}\n# TYPE ${family} ${type}\n`;
}

export function escapeLabel(value: string): string {
  return /[\\"\n]/.test(value) ? value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n") : value;
}

function escapeHelp(help: string, openMetrics: boolean): string {
  const escaped = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return openMetrics ? escaped.replaceAll('"', '\\"') : escaped;
}

/** OpenMetrics spells a whole bound as a float: 1.0. */
export function openMetricsNumber(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
