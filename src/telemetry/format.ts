/** The two formats a scrape may have. */
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
