import { join } from "node:path";
import pino from "pino";
import { loadConfig } from "../../../src/config";
import { startDaemon } from "../../../src/daemon";
import { answerQuestions } from "../worker";

/** The daemon in a process of its own that can do without metrics, and that watches its own event loop. */
export type MeteredAsked = { readonly where: true } | { readonly heldUp: true };

export interface MeteredAnswer {
  readonly url: string;
  /** Since it was asked last. */
  readonly heldUp: HeldUp;
}

/** The longest that nothing else could run, ms: by the clock, and by the time its thread was at work. What is between them the machine gave to others, or nobody. */
export interface HeldUp {
  clock: number;
  work: number;
}

const [folder = "", counting, live = "0", sources = "1"] = process.argv.slice(2);
const names = Array.from({ length: Number(sources) }, (_, index) => (index === 0 ? "reports" : `source-${index}`));
await Bun.write(join(folder, "virtuoso.config.ts"), `export default { sources: ${JSON.stringify(names.map((name) => ({ kind: "reports", name, dir: join(folder, name) })))} };`);
const config = await loadConfig({ data: join(folder, "data"), reports: null, port: 0, config: join(folder, "virtuoso.config.ts") }, { VIRTUOSO_AUTH: "off", VIRTUOSO_RATE_LIMITS: "off" });
/** What a large program would hold on to. */
const heap = Array.from({ length: Number(live) }, (_, index) => ({ index, name: `object ${index}`, next: { index } }));
const daemon = await startDaemon(config, { log: pino({ level: "silent" }), counting: counting === "on" });

let heldUp: HeldUp = { clock: 0, work: 0 };

answerQuestions<MeteredAsked>(() => {
  const answer = { url: daemon.url, heldUp, held: heap.length };
  heldUp = { clock: 0, work: 0 };
  return Promise.resolve(answer satisfies MeteredAnswer & { held: number });
});

const everyMs = 1;
let dueAt = performance.now() + everyMs;
let workBefore = workMs();
// Not oftener: a look leaves garbage, and collecting it would be told as a hold-up.
setInterval(() => {
  const now = performance.now();
  const work = workMs();
  heldUp.clock = Math.max(heldUp.clock, now - dueAt);
  heldUp.work = Math.max(heldUp.work, work - workBefore);
  dueAt = now + everyMs;
  workBefore = work;
}, everyMs);

/** How long this thread has been at work, ms. */
function workMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
