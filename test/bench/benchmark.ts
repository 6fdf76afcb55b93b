/** One line of the summary: what was measured, against what, and whether the target was met. */
export interface Finding {
  readonly what: string;
  /** n with p50 and p99, or a rate: of the subject. */
  readonly subject: string;
  /** The same of the raw baseline, measured in the same run. */
  readonly baseline: string;
  /** Subject to baseline; null where only a difference or an amount is asked for. */
  readonly ratio: number | null;
  /** Null where it is given for information. */
  readonly target: string | null;
  readonly met: boolean | null;
}

export interface Bench {
  /** Tiny sizes, a few seconds: shows that it runs, its figures mean nothing. */
  readonly smoke: boolean;
  /** A folder of its own on the disk the program stands on, taken away afterwards. */
  readonly folder: string;
  /** How many alerts a database is filled with, as `--alerts` says; null where it says nothing. */
  readonly alerts: number | null;
  /** A remark while it runs. */
  readonly say: (line: string) => void;
}

export interface Benchmark {
  readonly name: string;
  readonly question: string;
  /** Throws where it cannot be run; a missed target is a finding. */
  readonly run: (bench: Bench) => Promise<Finding[]>;
}
