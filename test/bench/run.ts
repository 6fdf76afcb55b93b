import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Benchmark, Finding } from "./benchmark";
import { printSummary } from "./summary";

/** Under node_modules: never in git, and on the disk the program stands on, where a temporary folder may be memory. */
const scratch = resolve(import.meta.dir, "../../node_modules/.cache/virtuoso-bench");

const benchmarks: Readonly<Record<string, () => Promise<{ readonly benchmark: Benchmark }>>> = {
  latency: () => import("./latency"),
  burst: () => import("./burst"),
  memory: () => import("./memory"),
  overview: () => import("./overview"),
  access: () => import("./access"),
  "fan-out": () => import("./fan-out"),
  "command-line": () => import("./command-line"),
  metrics: () => import("./metrics"),
  decide: () => import("./decide"),
  "market-scan": () => import("./market-scan"),
  alpha: () => import("./alpha"),
  "alpha-honesty": () => import("./alpha-honesty"),
  retention: () => import("./retention"),
  notify: () => import("./notify"),
  lists: () => import("./lists"),
  ui: () => import("./ui"),
};

const { values: flags, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { smoke: { type: "boolean", default: false }, alerts: { type: "string" } },
});
const { smoke } = flags;
const alerts = flags.alerts === undefined ? null : Number(flags.alerts);
if (alerts !== null && !(Number.isInteger(alerts) && alerts >= 1000)) {
  console.error(`--alerts ${flags.alerts ?? ""}: expected a whole number, 1000 at least`);
  process.exit(2);
}
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  console.error(
    `no benchmark ${unknown.join(", ")}; there are: ${Object.keys(benchmarks).join(", ")} and the flags --smoke and --alerts NUMBER`,
  );
  process.exit(2);
}

if (smoke) console.log("smoke: tiny sizes show that every benchmark runs; the figures mean nothing");
const findings: { name: string; finding: Finding }[] = [];
let failed = 0;
for (const [name, load] of Object.entries(benchmarks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const { benchmark } = await load();
  console.log(`\n${name}: ${benchmark.question}`);
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, `${name}-`));
  const startedAt = performance.now();
  try {
    const found = await benchmark.run({ smoke, folder, alerts, say: (line) => console.log(`  ${line}`) });
    findings.push(...found.map((finding) => ({ name, finding })));
  } catch (error) {
    // The others are still worth running; the run fails at its end.
    failed++;
    console.error(
      `  ${name} could not be run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`  took ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}
printSummary(findings, smoke);
process.exit(failed > 0 ? 1 : 0);
