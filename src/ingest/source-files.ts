import { pathOnDisk } from "./file-path";
import { factsOf } from "./file-facts";
import { inParallel } from "./in-parallel";
import { KnownFiles } from "./known-files";
import type { IngestEvents, Intake, ReportFolder } from "./ports";
import { compressOriginal, digestOf, observedAtOf, readReportFile, type ReadFile } from "./report-file";
import { Settling } from "./settling";

export interface SourceFilesDeps {
  readonly intake: Intake;
  readonly events: IngestEvents;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /** Called before anything that was noticed is believed: where the process did not run for a while, every source is woken first. */
  readonly noticeSuspension: () => void;
}

/** What a file may give its source to do. */
export interface SourceFilesHooks {
  /** To be read once more. */
  readonly again: (path: string) => void;
  /** A folder stands where a file was. */
  readonly folderFound: () => void;
  /** Whether the process slept since then, monotonic ms: what was noticed before counts as not seen arriving. */
  readonly sleptSince: (since: number) => boolean;
}

/** How one file came to be read. */
interface Occasion {
  /** Found by a first look, not seen arriving. */
  readonly backlog: boolean;
  /** Since when it waits, monotonic ms. */
  readonly since: number;
}

/** The files of one source's folder: what is known of each, and how one is read and handed on. */
export class SourceFiles {
  readonly #known: KnownFiles;
  readonly #settling = new Settling();
  /** Files to be read once more, when their writers may have finished. */
  readonly #retries = new Set<ReturnType<typeof setTimeout>>();

  constructor(
    private readonly folder: ReportFolder,
    private readonly deps: SourceFilesDeps,
    private readonly hooks: SourceFilesHooks,
    /** How many are looked at side by side. */
    private readonly atOnce: number,
    private readonly stop: AbortSignal,
  ) {
    this.#known = new KnownFiles(deps.intake.knownFiles(folder.name));
  }

  get isEmpty(): boolean {
    return this.#known.isEmpty;
  }

  /** How many were seen half-written and may still be completed. */
  get waiting(): number {
    return this.#settling.waiting;
  }

  /** Whether it was read before, or waits to be completed. */
  has(path: string): boolean {
    return this.#known.has(path) || this.#settling.awaits(path);
  }

  /** So that it is read again whatever it looks like. */
  doubt(path: string): void {
    this.#known.doubt(path);
  }

  dropRetries(): void {
    for (const timer of this.#retries) clearTimeout(timer);
    this.#retries.clear();
  }

  /** Notes which known files are no longer there, and which are there again. `unseen`: folders that cannot be read. */
  async noteComingAndGoing(paths: readonly string[], unseen: readonly string[]): Promise<void> {
    await this.#setGone(this.#known.missingFrom(new Set(paths), unseen), this.deps.now());
    await this.#setGone(this.#known.returned(paths), null);
  }

  /** Known files in turns, so many: those that changed since they were read. */
  editedOfTurn(max: number): Promise<string[]> {
    return this.changed(this.#known.nextTurn(max));
  }

  /** Those that are not known, or known otherwise. */
  async changed(paths: readonly string[]): Promise<string[]> {
    const isChanged = async (path: string) => {
      const facts = await factsOf(pathOnDisk(this.folder.dir, path));
      return facts !== null && !this.#known.isAsRead(path, facts);
    };
    const changed = await inParallel(paths, this.atOnce, isChanged, this.stop);
    return paths.filter((_, index) => changed[index]);
  }

  /** By the time they give, then by path. They are read for it and let go again: there may be too many to hold. */
  async inOrder(paths: readonly string[]): Promise<string[]> {
    if (paths.length < 2) return [...paths];
    const timeOf = async (path: string) => {
      const file = await readReportFile(this.folder.dir, path, this.folder.parseOptions, this.deps.now(), false);
      return { path, at: typeof file === "string" ? Number.POSITIVE_INFINITY : observedAtOf(file) };
    };
    const timed = await inParallel(paths, this.atOnce, timeOf, this.stop);
    return timed.toSorted((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1)).map(({ path }) => path);
  }

  /** Reads one that was seen changing, and hands it on. `since`: as in an occasion. */
  async takeMarked(path: string, since: number): Promise<void> {
    await this.#handOn(path, await this.#read(path, true), { backlog: false, since });
  }

  /** Reads side by side, hands on one after the other. */
  async takeAll(paths: readonly string[], occasion: Occasion): Promise<void> {
    const files = await inParallel(paths, this.atOnce, (path) => this.#read(path, !occasion.backlog), this.stop);
    await Promise.all(paths.map((path, index) => this.#handOn(path, files[index] ?? null, occasion)));
  }

  /** The file as it is now, where it has anything new to say and is settled. `seenNow`: it was seen changing. */
  async #read(path: string, seenNow: boolean): Promise<ReadFile | null> {
    const file = await readReportFile(this.folder.dir, path, this.folder.parseOptions, this.deps.now(), false);
    if (file === "gone") {
      this.#settling.forget(path);
      if (this.#known.has(path)) await this.#setGone([path], this.deps.now());
    }
    if (file === "folder") this.hooks.folderFound();
    if (typeof file === "string" || this.#known.isAsRead(path, file)) return null;
    const retryMs = this.#settling.retryAfter(path, file, seenNow, this.deps.now());
    if (retryMs === null) return file;
    this.#retryIn(retryMs, path);
    return null;
  }

  #retryIn(ms: number, path: string): void {
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      this.hooks.again(path);
    }, ms);
    this.#retries.add(timer);
  }

  async #handOn(path: string, file: ReadFile | null, { backlog, since }: Occasion): Promise<void> {
    if (!file) return;
    this.deps.noticeSuspension();
    const { intake, events, elapsed } = this.deps;
    const source = this.folder.name;
    const digest = digestOf(file);
    const touched = this.#known.has(path) && intake.digestOf(source, path) === digest;
    const stored = await (touched
      ? intake.touch(source, path, file)
      : this.#submit(path, file, digest, backlog || this.hooks.sleptSince(since)));
    if (stored) this.#known.remember(path, file);
    const refused = file.reading.refusals.some(({ element }) => element === null);
    const outcome = !stored ? "not-stored" : touched ? "touched" : refused ? "refused" : "read";
    events.handled(source, outcome, (elapsed() - since) / 1000, path);
  }

  #submit(path: string, file: ReadFile, digest: string, backlog: boolean): Promise<boolean> {
    const receivedAt = this.deps.now();
    const { size, modifiedAt, bytes } = file;
    const { signals, opportunities, market, refusals } = file.reading;
    // Seen arriving without a time of its own, it counts as now.
    const dated = <T extends { readonly datedBy: string }>(item: T): T =>
      item.datedBy === "mtime" && !backlog ? { ...item, observedAt: receivedAt } : item;
    return this.deps.intake.submit(
      {
        kind: "report",
        source: this.folder.name,
        file: path,
        receivedAt,
        modifiedAt,
        backlog,
        known: false,
        signals: signals.map(dated),
        opportunities: opportunities.map(dated),
        market,
        refusals,
      },
      { size, modifiedAt, digest, bytes, original: compressOriginal(bytes) },
    );
  }

  async #setGone(paths: readonly string[], goneAt: number | null): Promise<void> {
    if (paths.length === 0 || !(await this.deps.intake.markGone(this.folder.name, paths, goneAt))) return;
    for (const path of paths) this.#known.setGone(path, goneAt !== null);
  }
}
