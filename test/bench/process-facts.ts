import { readFileSync } from "node:fs";

const ticksPerSecond = 100;

/** Resident memory of a process in bytes, now and at its highest; null where /proc does not say. */
export function residentOf(pid: number): { readonly now: number; readonly highest: number } | null {
  const status = readProc(`/proc/${pid}/status`);
  if (status === null) return null;
  const bytes = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
  return { now: bytes("VmRSS"), highest: bytes("VmHWM") };
}

/** CPU seconds a process has used, user and system; null where /proc does not say. */
export function cpuSecondsOf(pid: number): number | null {
  const stat = readProc(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name stands in parentheses and may hold anything: counted is from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // No /proc on this system, or the process is gone: the figure is left out.
    return null;
  }
}
