import type { Described } from "./described";
import type { Format } from "./format";
import type { Instrument } from "./instrument";

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
