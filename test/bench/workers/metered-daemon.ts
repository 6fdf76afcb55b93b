import { join } from "node:path";
import pino from "pino";
import { loadConfig } from "../../../src/config";
import { startDaemon } from "../../../src/daemon";
import { catalogue } from "../../../src/telemetry/catalogue";
import { Counter, Gauge, Histogram, type Instrument } from "../../../src/telemetry/instrument";
import { threadWorkMs as workMs, watchHeldUp, type HeldUp } from "../loop-watch";
import { answerQuestions } from "../worker";

/** The daemon in a process of its own whose counting can be switched off, and that watches its own event loop. */
export interface MeteredCommand {
  /** From now on it counts and does not, in turn, and keeps what each took. */
  readonly alternate: boolean;
}

export interface MeteredAnswer {
  readonly url: string;
  /** What reports took while it counted and while it did not, a slice of time each. */
  readonly slices: readonly Slice[];
  /** Since it was asked last. */
  readonly heldUp: HeldUp;
}

export interface Slice {
  readonly counting: boolean;
  readonly reports: number;
  /** How long its thread was at work, ms, and how much of that it counted, looking at the clock included. */
  readonly workMs: number;
  readonly countingMs: number;
}

let counting = true;
let reports = 0;
let countingMs = 0;
for (const { prototype } of [Counter, Gauge, Histogram]) makeSwitchable(prototype);
const [folder = "", live = "0", sources = "1"] = process.argv.slice(2);
const names = Array.from({ length: Number(sources) }, (_, index) => (index === 0 ? "reports" : `source-${index}`));
await Bun.write(
  join(folder, "virtuoso.config.ts"),
  `export default { sources: ${JSON.stringify(names.map((name) => ({ kind: "reports", name, dir: join(folder, name) })))} };`,
);
const config = await loadConfig(
  { data: join(folder, "data"), reports: null, port: 0, config: join(folder, "virtuoso.config.ts") },
  { VIRTUOSO_AUTH: "off", VIRTUOSO_RATE_LIMITS: "off" },
);
/** What a large program would hold on to. */
const heap = Array.from({ length: Number(live) }, (_, index) => ({ index, name: `object ${index}`, next: { index } }));
const daemon = await startDaemon(config, { log: pino({ level: "silent" }) });

const heldUp = watchHeldUp();
const slices: Slice[] = [];

answerQuestions<MeteredCommand>(({ alternate }) => {
  if (alternate) alternating();
  return { url: daemon.url, slices, heldUp: heldUp(), held: heap.length } satisfies MeteredAnswer & { held: number };
});

const sliceMs = 50;

/** Slices are short, for the machine is faster at one time than at another, by more than what is looked for. */
function alternating(): void {
  let before = { reports, workMs: workMs(), countingMs };
  setInterval(() => {
    const now = { reports, workMs: workMs(), countingMs };
    slices.push({
      counting,
      reports: now.reports - before.reports,
      workMs: now.workMs - before.workMs,
      countingMs: now.countingMs - before.countingMs,
    });
    before = now;
    counting = !counting;
  }, sliceMs);
}

/** In one process, for two differ. What is handed to the instruments is made either way. */
function makeSwitchable(prototype: object): void {
  for (const method of ["inc", "stand", "set", "forget", "observe"]) {
    const real = Reflect.get(prototype, method) as ((...given: unknown[]) => unknown) | undefined;
    if (!real) continue;
    Reflect.set(prototype, method, function (this: Instrument, ...given: unknown[]) {
      if (this.described === catalogue.reports) reports++;
      if (!counting) return undefined;
      const startedAt = performance.now();
      const answer = real.apply(this, given);
      countingMs += performance.now() - startedAt;
      return answer;
    });
  }
}
