/**
 * The longest that nothing else could run, ms: by the clock, and by the time its thread was at work. The difference the
 * machine gave to others, or left idle.
 */
export interface HeldUp {
  clock: number;
  work: number;
}

const everyMs = 1;

/** Watches how long this process' event loop is held; answers what it was at most since it was asked last. */
export function watchHeldUp(): () => HeldUp {
  let heldUp: HeldUp = { clock: 0, work: 0 };
  let dueAt = performance.now() + everyMs;
  let workBefore = threadWorkMs();
  // Not oftener: a look leaves garbage, and collecting it would be counted as a delay.
  setInterval(() => {
    const now = performance.now();
    const work = threadWorkMs();
    heldUp.clock = Math.max(heldUp.clock, now - dueAt);
    heldUp.work = Math.max(heldUp.work, work - workBefore);
    dueAt = now + everyMs;
    workBefore = work;
  }, everyMs);
  return () => {
    const before = heldUp;
    heldUp = { clock: 0, work: 0 };
    return before;
  };
}

/** How long this thread has been at work, ms. */
export function threadWorkMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
