import { join } from "node:path";
import pino from "pino";
import { loadConfig } from "../../../src/config";
import { startDaemon } from "../../../src/daemon";
import { RetentionKeeper } from "../../../src/daemon/retention";
import { keptKinds, Pruner } from "../../../src/store/prune";
import { threadWorkMs, watchHeldUp, type HeldUp } from "../loop-watch";
import { answerQuestions } from "../worker";

/** The daemon in a process of its own that watches its event loop, and every step of its retention. */
export interface WatchedAnswer {
  readonly url: string;
  /** All of these since it was asked last. */
  readonly heldUp: HeldUp;
  readonly steps: readonly Step[];
}

/** One step that removed something. */
export interface Step {
  /** How long it held the loop, ms. */
  readonly held: HeldUp;
  readonly rows: number;
}

const [folder = ""] = process.argv.slice(2);
let removed = 0;
let steps: Step[] = [];
watchRetention();
const config = await loadConfig(
  { data: join(folder, "data"), reports: join(folder, "reports"), port: 0, config: join(folder, "virtuoso.config.ts") },
  { VIRTUOSO_AUTH: "off", VIRTUOSO_RATE_LIMITS: "off" },
);
const daemon = await startDaemon(config, { log: pino({ level: "silent" }) });
const heldUp = watchHeldUp();

answerQuestions<object>(() => {
  const answer: WatchedAnswer = { url: daemon.url, heldUp: heldUp(), steps };
  steps = [];
  return answer;
});

/** A step by itself: what else the loop does between two looks at it is not counted as retention's. */
function watchRetention(): void {
  const keeper: object = RetentionKeeper.prototype;
  const step = Reflect.get(keeper, "step") as () => ReturnType<RetentionKeeper["step"]>;
  RetentionKeeper.prototype.step = function (this: RetentionKeeper) {
    const before = { clock: performance.now(), work: threadWorkMs(), removed };
    const answer = step.call(this);
    if (removed > before.removed)
      steps.push({
        held: { clock: performance.now() - before.clock, work: threadWorkMs() - before.work },
        rows: removed - before.removed,
      });
    return answer;
  };
  const pruner: object = Pruner.prototype;
  const prune = Reflect.get(pruner, "step") as (...given: Parameters<Pruner["step"]>) => ReturnType<Pruner["step"]>;
  Pruner.prototype.step = function (this: Pruner, ...given: Parameters<Pruner["step"]>) {
    const pruned = prune.apply(this, given);
    removed += keptKinds.reduce((sum, kind) => sum + (pruned.removed[kind] ?? 0), 0);
    return pruned;
  };
}
