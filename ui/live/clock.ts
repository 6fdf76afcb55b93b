import { signal, type ReadonlySignal } from "@preact/signals";

/**
 * The daemon's time, as well as this browser can estimate it. Ages are counted against it, so a wrong clock here
 * falsifies none.
 */
export interface Clock {
  /** Epoch ms, moves once a second. */
  readonly now: ReadonlySignal<number>;
  /** Epoch ms at this instant. */
  read(): number;
  /** Takes note of a time the daemon has just sent, epoch ms. */
  learn(daemonTime: number): void;
  /** The same of a time that is known to the second, as `Date` has it: only a clock that was set, or runs faster, shows. */
  learnDate(date: string | null): void;
  stop(): void;
}

const samplesKept = 8;
/**
 * A clock that was set, or a machine that slept, shows as a jump larger than any network delay worth averaging over.
 */
const jumpMs = 5000;

/** `quiet`: the page is hidden, so nothing ticks. */
export function createClock(localTime: () => number, quiet: () => boolean = () => false): Clock {
  let samples: number[] = [];
  let offset = 0;
  const read = () => localTime() + offset;
  const now = signal(read());
  const timer = setInterval(() => {
    if (!quiet()) now.value = read();
  }, 1000);
  function learn(daemonTime: number): void {
    const sample = daemonTime - localTime();
    samples = Math.abs(sample - offset) > jumpMs ? [sample] : [...samples, sample].slice(-samplesKept);
    // The way here only makes a sample smaller, so the largest is the nearest to the truth.
    offset = Math.max(...samples);
    now.value = read();
  }
  return {
    now,
    read,
    learn,
    learnDate(date) {
      const at = Date.parse(date ?? "");
      if (Math.abs(at - read()) > jumpMs) learn(at);
    },
    stop: () => clearInterval(timer),
  };
}
