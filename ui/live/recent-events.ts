import type { Frame } from "../wire";

/** The last few events, to be laid over a snapshot that may have been made just before them. */
export interface RecentEvents {
  note(frame: Frame): void;
  /** What came at or after this local time, in order. */
  since(time: number): readonly Frame[];
  clear(): void;
}

const keptMs = 30_000;
const keptFrames = 512;

export function createRecentEvents(localTime: () => number): RecentEvents {
  let entries: { readonly at: number; readonly frame: Frame }[] = [];
  return {
    note(frame) {
      const at = localTime();
      entries.push({ at, frame });
      if (entries.length > keptFrames || (entries[0]?.at ?? at) < at - keptMs) {
        entries = entries.filter((entry) => entry.at >= at - keptMs).slice(-keptFrames / 2);
      }
    },
    since: (time) => entries.filter((entry) => entry.at >= time).map((entry) => entry.frame),
    clear: () => {
      entries = [];
    },
  };
}
