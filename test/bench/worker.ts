import { join } from "node:path";
import { cleanEnvironment } from "./daemon-process";

/** A process of the benchmark's own that answers one message with one message. */
export interface Worker extends AsyncDisposable {
  readonly pid: number;
  ask<A>(question: object): Promise<A>;
}

/** Starts test/bench/workers/<name>.ts; every further word is an argument of it. */
export function spawnWorker(name: string, ...words: string[]): Worker {
  const waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }[] = [];
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "workers", `${name}.ts`), ...words], {
    env: cleanEnvironment(),
    stdin: "ignore",
    stdout: "inherit",
    stderr: "inherit",
    ipc: (answer) => waiting.shift()?.resolve(answer),
    onExit: (_process, code) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`the worker ${name} ended with ${code}`));
    },
  });
  return {
    pid: child.pid,
    ask: <A>(question: object) =>
      new Promise<A>((resolve, reject) => {
        waiting.push({ resolve: (answer) => resolve(answer as A), reject });
        child.send(question);
      }),
    async [Symbol.asyncDispose]() {
      child.kill();
      await child.exited;
    },
  };
}

/** The worker's side: every question is answered in turn. */
export function answerQuestions<Q extends object>(answer: Answering<Q>): void {
  let turn: Promise<unknown> = Promise.resolve();
  process.on("message", (question: Q) => {
    turn = turn.then(async () => process.send?.(await answer(question)));
  });
}

type Answering<Q> = (question: Q) => object | Promise<object>;

/** Epoch ms with fractions: the one clock processes of this machine share. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now();
}
