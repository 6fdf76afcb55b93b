import type { CDPSession } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Time on the processor and by the clock, μs. */
  readonly tdur?: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * What a page's main thread does from now on. Returns how to stop, which answers each of its tasks in ms on the
 * processor: a busy machine does not lengthen that.
 */
export async function watchTasks(devtools: CDPSession): Promise<() => Promise<readonly number[]>> {
  const events: TraceEvent[] = [];
  devtools.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await devtools.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel", "disabled-by-default-devtools.timeline"] },
  });
  return async () => {
    const whole = Promise.withResolvers<void>();
    devtools.once("Tracing.tracingComplete", () => whole.resolve());
    await devtools.send("Tracing.end");
    await whole.promise;
    const ofPages = new Set(
      events.filter(({ ph, args }) => ph === "M" && args?.name === "CrRendererMain").map((event) => threadOf(event)),
    );
    return events
      .filter((event) => event.name === "RunTask" && event.ph === "X" && ofPages.has(threadOf(event)))
      .map(({ tdur, dur }) => (tdur ?? dur ?? 0) / 1000);
  };
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}
