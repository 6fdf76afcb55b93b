import { readdir, readFile } from "node:fs/promises";
import type { Metrics } from "./metrics";

/** What the system tells of this process; what it does not tell, as off Linux, is left out. Nothing here walks the heap. */
export async function readProcess(metrics: Metrics): Promise<void> {
  const { user, system } = process.cpuUsage();
  metrics.cpuSeconds.stand((user + system) / 1e6);
  metrics.residentMemory.set(process.memoryUsage.rss());
  metrics.heapUsed.set(process.memoryUsage().heapUsed);
  const [files, limits, status] = await Promise.all([told(readdir("/proc/self/fd")), told(readFile("/proc/self/limits", "utf8")), told(readFile("/proc/self/status", "utf8"))]);
  if (files) metrics.openFiles.set(files.length);
  const most = Number(/^Max open files\s+(\d+)/m.exec(limits ?? "")?.[1]);
  if (Number.isFinite(most)) metrics.maxFiles.set(most);
  const virtual = Number(/^VmSize:\s+(\d+) kB/m.exec(status ?? "")?.[1]);
  if (Number.isFinite(virtual)) metrics.virtualMemory.set(virtual * 1024);
}

async function told<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch {
    // No /proc here: not known.
    return null;
  }
}
