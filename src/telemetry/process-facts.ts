import { readdir, readFile } from "node:fs/promises";
import type { Metrics } from "./metrics";

/** What the system reports of this process; what it does not, as off Linux, is left out. Nothing here walks the heap. */
export async function readProcess(metrics: Metrics): Promise<void> {
  const { user, system } = process.cpuUsage();
  metrics.cpuSeconds.stand((user + system) / 1e6);
  metrics.residentMemory.set(process.memoryUsage.rss());
  metrics.heapUsed.set(process.memoryUsage().heapUsed);
  const [files, limits, status] = await Promise.all([
    orNull(readdir("/proc/self/fd")),
    orNull(readFile("/proc/self/limits", "utf8")),
    orNull(readFile("/proc/self/status", "utf8")),
  ]);
  if (files) metrics.openFiles.set(files.length);
  const max = Number(/^Max open files\s+(\d+)/m.exec(limits ?? "")?.[1]);
  if (Number.isFinite(max)) metrics.maxFiles.set(max);
  const virtual = Number(/^VmSize:\s+(\d+) kB/m.exec(status ?? "")?.[1]);
  if (Number.isFinite(virtual)) metrics.virtualMemory.set(virtual * 1024);
}

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch {
    // No /proc here: not known.
    return null;
  }
}
