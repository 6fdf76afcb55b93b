import type { Described } from "./described";
import type { Instrument } from "./instrument";

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

/** Everything that is known as one page, in the order of the catalogue. */
export async function writeOut(
  instruments: readonly Instrument[],
  format: Format,
  elapsed: () => number,
): Promise<string> {
  let page = "";
  let startedAt = elapsed();
  for (const instrument of instruments) {
    const known = instrument.known();
    if (known.length > 0) page += headOf(instrument.described, format);
    for (const series of known) {
      page += await series.lines(format);
      if (elapsed() - startedAt < pauseAfterMs) continue;
      await new Promise<void>((resume) => setImmediate(resume));
      startedAt = elapsed();
    }
  }
  return format === "openmetrics" ? `${page}# EOF\n` : page;
}

/** OpenMetrics names a counter without the `_total` its samples carry, and escapes quotes in help. */
function headOf({ name, type, help }: Described, format: Format): string {
  const openMetrics = format === "openmetrics";
  const family = openMetrics && type === "counter" ? name.replace(/_total$/, "") : name;
  const escaped = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `# HELP ${family} ${openMetrics ? escaped.replaceAll('"', '\\"') : escaped}\n# TYPE ${family} ${type}\n`;
}
