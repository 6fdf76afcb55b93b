import { join } from "node:path";
import type { Page } from "playwright-core";

let source: Promise<string> | undefined;

/** One line for each fault of what the page shows now: overlaps, cut words, ways out that are hidden, small targets. */
export async function layoutFaultsOf(page: Page): Promise<string[]> {
  source ??= bundled();
  const script = await source;
  if (!(await page.evaluate(() => "layoutFaults" in globalThis))) await page.evaluate(script);
  return page.evaluate(() => (globalThis as unknown as { layoutFaults(): string[] }).layoutFaults());
}

async function bundled(): Promise<string> {
  const built = await Bun.build({ entrypoints: [join(import.meta.dir, "in-page.ts")], format: "iife" });
  const [output] = built.outputs;
  if (output === undefined) throw new Error("the layout's checks could not be built");
  return output.text();
}
