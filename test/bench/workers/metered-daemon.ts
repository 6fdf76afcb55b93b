import { join } from "node:path";
import pino from "pino";
import { loadConfig } from "../../../src/config";
import { startDaemon } from "../../../src/daemon";
import { answerQuestions } from "../worker";

/** The daemon in a process of its own that can do without metrics, and that watches its own event loop. */
export type MeteredAsked = { readonly where: true } | { readonly watchMs: number };

export interface MeteredAnswer {
  readonly url: string;
  /** The longest time nothing else could run, ms. */
  readonly worstGapMs: number;
}

const [folder = "", counting, live = "0", sources = "1"] = process.argv.slice(2);
const names = Array.from({ length: Number(sources) }, (_, index) => (index === 0 ? "reports" : `source-${index}`));
await Bun.write(join(folder, "virtuoso.config.ts"), `export default { sources: ${JSON.stringify(names.map((name) => ({ kind: "reports", name, dir: join(folder, name) })))} };`);
const config = await loadConfig({ data: join(folder, "data"), reports: null, port: 0, config: join(folder, "virtuoso.config.ts") }, { VIRTUOSO_AUTH: "off", VIRTUOSO_RATE_LIMITS: "off" });
/** What a large program would hold on to. */
const heap = Array.from({ length: Number(live) }, (_, index) => ({ index, name: `object ${index}`, next: { index } }));
const daemon = await startDaemon(config, { log: pino({ level: "silent" }), counting: counting === "on" });

answerQuestions<MeteredAsked>(async (asked) => {
  const worstGapMs = "watchMs" in asked ? await watch(asked.watchMs) : 0;
  return { url: daemon.url, worstGapMs, held: heap.length } satisfies MeteredAnswer & { held: number };
});

/** Runs again and again whenever everything else had its turn. */
async function watch(forMs: number): Promise<number> {
  const endsAt = performance.now() + forMs;
  let worst = 0;
  let before = performance.now();
  while (before < endsAt) {
    await new Promise<void>((resume) => setImmediate(resume));
    const now = performance.now();
    worst = Math.max(worst, now - before);
    before = now;
  }
  return worst;
}
