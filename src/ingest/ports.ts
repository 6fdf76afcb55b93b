import type {
  ReportObserved,
  SourceCaughtUp,
  SourceUnreachable,
  SourceWatched,
  Unsequenced,
} from "../core/observation";
import type { ParseOptions } from "../core/reading";

/** A folder reports come from, as ingest needs to know it. */
export interface ReportFolder {
  readonly name: string;
  readonly dir: string;
  /** Made where it is missing; otherwise it is waited for. */
  readonly create: boolean;
  /**
   * auto: the system reports changes, as long as it has a watch left. poll: every file is looked at once a second, as
   * on network mounts.
   */
  readonly watch: "auto" | "poll";
  readonly parseOptions: ParseOptions;
}

export type SourceObservation = Unsequenced<ReportObserved | SourceWatched | SourceUnreachable | SourceCaughtUp>;

/** What a file looked like when it was read. */
export interface FileFacts {
  readonly size: number;
  readonly modifiedAt: number;
}

/** Where what was read is kept; every answer is false where it could not be. */
export interface Intake {
  submit(
    observation: SourceObservation,
    file:
      | (FileFacts & { readonly digest: string; readonly bytes: Uint8Array; readonly original: Buffer | null })
      | null,
  ): Promise<boolean>;
  /** Other times, same content. */
  touch(source: string, path: string, facts: FileFacts): Promise<boolean>;
  /** They are no longer there (since when), or there again (null). */
  markGone(source: string, paths: readonly string[], goneAt: number | null): Promise<boolean>;
  knownFiles(source: string): Iterable<readonly [string, FileFacts & { readonly gone: boolean }]>;
  /** Of what was read from this path; undefined where nothing was, or it was refused. */
  digestOf(source: string, path: string): string | undefined;
}

/** What ingest reports of itself while it works. */
export interface IngestEvents {
  /** A report was handled; `seconds` from the hint to the commit. */
  handled(source: string, outcome: "read" | "refused" | "touched" | "not-stored", seconds: number, path: string): void;
  progressed(source: string, progress: Progress): void;
}

/** Where a source stands. */
export interface Progress {
  readonly state: "starting" | "first-look" | "watching" | "unreachable";
  /** Of the first look: files read, of how many that were new. */
  readonly read: number;
  readonly total: number;
  readonly why: string | null;
  /** Why the folder is polled every second; null where the system reports changes. */
  readonly polledBecause: string | null;
  readonly skipped: readonly SkippedFolder[];
}

/** A folder below the source's that is not read. */
export interface SkippedFolder {
  /** Relative to the source's folder. */
  readonly folder: string;
  /** For a person: "permission denied". */
  readonly why: string;
  /** False where nothing needs mending: lost+found, and what lies too deep. */
  readonly isFault: boolean;
}
