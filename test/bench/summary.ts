import type { Finding } from "./benchmark";

/** Everything found in one table: the ratio is the subject's to the baseline's of the same run. A smoke run gives no verdicts. */
export function printSummary(
  findings: readonly { readonly name: string; readonly finding: Finding }[],
  smoke: boolean,
): void {
  const rows = findings.map(({ name, finding: { what, subject, baseline, ratio, target, met } }) => [
    name,
    what,
    subject,
    baseline,
    ratio === null ? "" : ratio.toFixed(2),
    target ?? "",
    met === null || smoke ? "" : met ? "met" : "MISSED",
  ]);
  const table = [["BENCHMARK", "WHAT", "SUBJECT", "BASELINE", "RATIO", "TARGET", ""], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  console.log();
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
