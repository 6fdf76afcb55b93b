import type { Registry } from "prom-client";
import type { Described } from "./described";

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

/**
 * Everything as one page. The registry speaks the text format only, for asked for the other one it renames its counters
 * for good; OpenMetrics is the same lines in its own spelling.
 */
export async function writeOut(registry: Registry, catalogue: readonly Described[], format: Format, elapsed: () => number): Promise<string> {
  const openMetrics = format === "openmetrics";
  let page = "";
  let startedAt = elapsed();
  for (const described of catalogue) {
    const lines = await registry.getSingleMetricAsString(described.name);
    // A head and its help alone: nothing is known of it.
    if (/^[^#]/m.test(lines)) page += `${openMetrics ? respelled(lines, described) : lines}\n`;
    if (elapsed() - startedAt < pauseAfterMs) continue;
    await new Promise<void>((resume) => setImmediate(resume));
    startedAt = elapsed();
  }
  return openMetrics ? `${page}# EOF\n` : page;
}

/** OpenMetrics names a counter without the `_total` its samples carry, quotes quotes in help, and spells a whole bound as a float: 1.0. */
function respelled(lines: string, { name, type, help }: Described): string {
  const samples = lines.slice(lines.indexOf("\n", lines.indexOf("# TYPE")) + 1);
  const family = type === "counter" ? name.replace(/_total$/, "") : name;
  const head = `# HELP ${family} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"')}\n# TYPE ${family} ${type}\n`;
  return head + (type === "histogram" ? samples.replaceAll(/([{,]le="\d+)(?=")/g, "$1.0") : samples);
}
