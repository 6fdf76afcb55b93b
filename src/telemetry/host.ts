import { cpus, freemem, totalmem } from "node:os";
import { statfs } from "node:fs/promises";

/** What the host is doing, percent; null where it cannot be known yet. */
export interface HostUsage {
  readonly cpu: number | null;
  readonly memory: number | null;
  /** Of the disk that holds the folder. */
  readonly disk: number | null;
}

/** Measures the host now and then: CPU is a difference over the time between two looks. */
export class HostGauge {
  #before: { busy: number; total: number } | null = null;
  #usage: HostUsage = { cpu: null, memory: null, disk: null };

  constructor(private readonly folder: string) {}

  get usage(): HostUsage {
    return this.#usage;
  }

  async measure(): Promise<HostUsage> {
    const now = cpuTimes();
    const before = this.#before;
    this.#before = now;
    const cpu =
      before && now.total > before.total
        ? percent((now.busy - before.busy) / (now.total - before.total))
        : this.#usage.cpu;
    this.#usage = { cpu, memory: percent(1 - freemem() / totalmem()), disk: await diskUsage(this.folder) };
    return this.#usage;
  }
}

function cpuTimes(): { busy: number; total: number } {
  let busy = 0;
  let total = 0;
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq;
    total += all;
    busy += all - times.idle;
  }
  return { busy, total };
}

async function diskUsage(folder: string): Promise<number | null> {
  try {
    const { blocks, bavail } = await statfs(folder);
    return blocks === 0 ? null : percent(1 - bavail / blocks);
  } catch {
    // The folder is away: how full its disk is cannot be known.
    return null;
  }
}

function percent(ratio: number): number {
  return Math.round(ratio * 1000) / 10;
}
