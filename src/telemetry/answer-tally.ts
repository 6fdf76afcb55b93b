/** How the daemon answered of late. Each says what is wrong: 0 where there was too little to judge by. */
export interface AnswerReadings {
  /** One answer in a hundred took this long or longer, seconds. */
  readonly slow_answers: number;
  /** Answers that failed on our side, percent. */
  readonly errors: number;
  /** Answers prepared anew of those that could have been prepared, percent. */
  readonly cache_misses: number;
}

const slotMs = 5000;
const slots = 12;
/** Fewer answers than this in the window say nothing: one slow one would be all of them. */
const answersToReport = 20;
/** A few clients never meet prepared bytes: only where 25 a second ask do misses mean anything. */
const cacheAnswersToReport = 25 * ((slotMs * slots) / 1000);
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 20, 30, 60];

interface Slot {
  number: number;
  answers: number;
  errors: number;
  hits: number;
  misses: number;
  readonly buckets: Float64Array;
}

/** Counts answers over the last minute, in slots of five seconds. */
export class AnswerTally {
  readonly #slots: Slot[] = Array.from({ length: slots }, () => ({
    number: -1,
    answers: 0,
    errors: 0,
    hits: 0,
    misses: 0,
    buckets: new Float64Array(bounds.length + 1),
  }));

  #total = 0;

  /** `elapsed`: monotonic, ms. */
  constructor(private readonly elapsed: () => number) {}

  answered(status: number, seconds: number): void {
    this.#total++;
    const slot = this.#now();
    slot.answers++;
    if (status >= 500) slot.errors++;
    const bucket = bounds.findIndex((bound) => seconds <= bound);
    const index = bucket < 0 ? bounds.length : bucket;
    slot.buckets[index] = (slot.buckets[index] ?? 0) + 1;
  }

  /** All answers since the start. */
  get total(): number {
    return this.#total;
  }

  prepared(outcome: "hit" | "miss"): void {
    if (outcome === "hit") this.#now().hits++;
    else this.#now().misses++;
  }

  readings(): AnswerReadings {
    const oldest = this.#number() - slots;
    const recent = this.#slots.filter(({ number }) => number > oldest);
    const sum = (count: (slot: Slot) => number) => recent.reduce((total, slot) => total + count(slot), 0);
    const answers = sum((slot) => slot.answers);
    const prepared = sum(({ hits, misses }) => hits + misses);
    return {
      slow_answers:
        answers < answersToReport
          ? 0
          : slowest(bounds.length + 1, (bucket) => sum(({ buckets }) => buckets[bucket] ?? 0), answers),
      errors: answers < answersToReport ? 0 : (sum(({ errors }) => errors) / answers) * 100,
      cache_misses: prepared < cacheAnswersToReport ? 0 : (sum(({ misses }) => misses) / prepared) * 100,
    };
  }

  #number(): number {
    return Math.floor(this.elapsed() / slotMs);
  }

  #now(): Slot {
    const number = this.#number();
    const slot = this.#slots[number % slots] as Slot;
    if (slot.number !== number) {
      Object.assign(slot, { number, answers: 0, errors: 0, hits: 0, misses: 0 });
      slot.buckets.fill(0);
    }
    return slot;
  }
}

/** The bound below the answers that are the slowest hundredth: so they are reported no slower than they were. */
function slowest(buckets: number, countOf: (bucket: number) => number, total: number): number {
  let left = total * 0.01;
  for (let bucket = buckets - 1; bucket >= 0; bucket--) {
    left -= countOf(bucket);
    if (left < 0) return bucket === 0 ? 0 : (bounds[bucket - 1] ?? 0);
  }
  return 0;
}
