import { lstat, mkdir, stat } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { factsOf, identityOf, type FolderIdentity } from "./file-facts";
import { pathOnDisk } from "./file-path";
import { FolderWatch, type Watchers } from "./folder-watch";
import type { Progress, ReportFolder, SkippedFolder } from "./ports";
import { ReadingQueue } from "./reading-queue";
import { isGone } from "../core/system-error";
import { isReportName, listReports } from "./report-names";
import { SourceFiles, type SourceFilesDeps } from "./source-files";
import { Unmounted, whyUnreadable } from "./why-unreadable";

export interface ReportSourceDeps extends SourceFilesDeps {
  /** How folders are watched; the system's ways where left out. */
  readonly watchers?: Watchers;
}

/** What is said of a look; how it is watched, and what it leaves out, is known at any time. */
type Status = Omit<Progress, "polledBecause" | "skipped">;

const reconcileEveryMs = 15_000;
/** How often the folder's own time is held against what was noticed: an event that got lost costs a second, not fifteen. */
const listenEveryMs = 1000;
const readAtOnce = 128;
const handOnAtOnce = 100;
/** Known files looked at again in one reconcile, in turns: an edit whose event was missed is found. */
const recheckMax = 2000;

/**
 * One source's folder. Events only mark names; a look at the folder at start, every 15 s and after any doubt finds
 * what they missed. Whatever happens to the folder is survived, said, and healed when it is back.
 */
export class ReportSource implements AsyncDisposable {
  readonly #files: SourceFiles;
  readonly #queue = new ReadingQueue(readAtOnce, (path, since) => this.#readMarked(path, since));
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #watch: FolderWatch | null = null;
  #folder: FolderIdentity | null = null;
  #looking: Promise<void> | null = null;
  #scanAgain = false;
  readonly #stop = new AbortController();
  /** When the process ran again after it was suspended, monotonic ms. */
  #wokeAt = Number.NEGATIVE_INFINITY;
  /** Folders the last look found below, and those it could not read. */
  #folders: readonly string[] = [];
  #skipped: readonly SkippedFolder[] = [];
  /** Events noticed, and how many there were when the folder's own time was last looked at. */
  #noticed = 0;
  #noticedBefore = 0;
  #changedAt: number | null = null;
  /** Why it cannot be read, once that is stored. */
  #lossReported: string | null = null;
  #progress: Status = { state: "starting", read: 0, total: 0, why: null };

  constructor(
    readonly folder: ReportFolder,
    private readonly deps: ReportSourceDeps,
  ) {
    const hooks = {
      again: (path: string) => this.#mark(path),
      folderFound: () => void this.scan(),
      sleptSince: (since: number) => since <= this.#wokeAt,
    };
    this.#files = new SourceFiles(folder, deps, hooks, readAtOnce, this.#stop.signal);
  }

  get progress(): Progress {
    return { ...this.#progress, polledBecause: this.#watch?.polledBecause ?? null, skipped: this.#skipped };
  }

  get #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Files seen half-written that may still be completed. */
  get waiting(): number {
    return this.#files.waiting;
  }

  /** First look, then watching. Resolves when the first look is done or the folder turned out to be unreachable. */
  async start(): Promise<void> {
    if (this.folder.create) await mkdir(this.folder.dir, { recursive: true });
    this.#timers.add(setInterval(() => void this.scan(), reconcileEveryMs));
    this.#timers.add(setInterval(() => void this.#scanIfUnnoticed(), listenEveryMs));
    await this.scan();
  }

  /** Looks at the folder: what is new, changed or gone. One look at a time; where one is under way another follows. */
  scan(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    if (this.#looking) {
      this.#scanAgain = true;
      return this.#looking;
    }
    this.#looking = this.#scanOnce().finally(() => {
      this.#looking = null;
      if (!this.#scanAgain) return;
      this.#scanAgain = false;
      void this.scan();
    });
    return this.#looking;
  }

  /** Takes the folder as not watched until now: what the store would not keep is read again. */
  startOver(): Promise<void> {
    this.#unwatch();
    return this.scan();
  }

  /** The process did not run for a while: what came meanwhile came unwatched, as before a restart. */
  wake(): void {
    if (this.#stopped || this.#watch === null) return;
    this.#wokeAt = this.deps.elapsed();
    // At once, so that nothing is judged before it: neither what waits to be read nor the source's silence.
    void this.#submitWatched();
    this.#files.dropRetries();
    this.#queue.clear();
    void this.startOver();
  }

  /** Resolves when nothing that was noticed waits to be read; half-written files wait by themselves. */
  async settled(): Promise<void> {
    while (this.#looking || !this.#queue.isEmpty) await (this.#looking ?? Bun.sleep(1));
  }

  /** Reads a file once more, whatever it looks like. */
  retry(path: string): void {
    this.#files.doubt(path);
    this.#mark(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#queue.close();
    this.#unwatch();
    this.#files.dropRetries();
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all([this.#looking, this.#queue.finished()]);
  }

  /** The folder changed without an event: some systems, and now and then this one, lose one. */
  async #scanIfUnnoticed(): Promise<void> {
    this.deps.noticeSuspension();
    let changedAt: number | null;
    try {
      changedAt = (await factsOf(this.folder.dir))?.modifiedAt ?? null;
    } catch {
      // Why it cannot be looked at is for the look to say.
      return this.scan();
    }
    const unnoticed = changedAt !== this.#changedAt && this.#noticed === this.#noticedBefore;
    this.#changedAt = changedAt;
    this.#noticedBefore = this.#noticed;
    if (unnoticed) await this.scan();
  }

  async #scanOnce(): Promise<void> {
    try {
      const folder = identityOf(await stat(this.folder.dir));
      if (this.#watch && !isDeepStrictEqual(folder, this.#folder)) this.#unwatch();
      const first = this.#watch === null;
      // Watching starts before listing: what arrives in between is noticed twice rather than never.
      this.#watch ??= new FolderWatch(
        this.folder,
        { onName: (path) => this.#mark(path), onDoubt: () => void this.scan() },
        this.deps.watchers,
      );
      const { paths, folders, skipped } = await listReports(this.folder.dir);
      const isOtherDevice = this.#folder && folder.device !== this.#folder.device;
      if (paths.length === 0 && !this.#files.isEmpty && isOtherDevice) throw new Unmounted();
      this.#folder = folder;
      // What stopped watching meanwhile has begun another look.
      if (this.#watch === null) return;
      this.#watch.follow(folders);
      // What could not be read was not watched until now.
      const regained = this.#skipped.some(({ folder }) => folders.includes(folder));
      this.#folders = folders;
      this.#skipped = skipped;
      await (first || regained ? this.#firstScan(paths) : this.#reconcile(paths));
    } catch (error) {
      if (!this.#stopped) await this.#lose(error);
    }
  }

  /** Everything found now was there before it was watched. */
  async #firstScan(paths: readonly string[]): Promise<void> {
    const { intake, now } = this.deps;
    const source = this.folder.name;
    if (!(await this.#submitWatched())) return this.#unwatch();
    this.#lossReported = null;
    await this.#noteComingAndGoing(paths);
    const fresh = await this.#files.inOrder(await this.#files.changed(paths));
    this.#report({ state: "first-look", read: 0, total: fresh.length, why: null });
    await this.#readInOrder(fresh, true);
    // Those that were noticed before count too.
    await this.#queue.finished();
    if (this.#stopped || !(await intake.submit({ kind: "source-caught-up", source, receivedAt: now() }, null))) return;
    this.#report({ ...this.#progress, state: "watching" });
  }

  async #reconcile(paths: readonly string[]): Promise<void> {
    await this.#noteComingAndGoing(paths);
    const unknown = paths.filter((path) => !this.#files.has(path) && !this.#queue.has(path));
    const edited = await this.#files.editedOfTurn(recheckMax);
    await this.#readInOrder(await this.#files.inOrder([...unknown, ...edited]), false);
  }

  #noteComingAndGoing(paths: readonly string[]): Promise<void> {
    const unseen = this.#skipped.map(({ folder }) => folder);
    return this.#files.noteComingAndGoing(paths, unseen);
  }

  async #readInOrder(paths: readonly string[], backlog: boolean): Promise<void> {
    const beganAt = this.deps.elapsed();
    for (let start = 0; start < paths.length && !this.#stopped; start += handOnAtOnce) {
      // What is left was not seen arriving: the first look that follows reads it.
      if (!backlog && this.#wokeAt > beganAt) return;
      const since = this.deps.elapsed();
      const part = paths.slice(start, start + handOnAtOnce);
      await this.#queue.readApart(part, (free) => this.#files.takeAll(free, { backlog, since }));
      if (backlog) this.#report({ ...this.#progress, read: Math.min(start + handOnAtOnce, paths.length) });
    }
  }

  async #readMarked(path: string, since: number): Promise<void> {
    try {
      await this.#files.takeMarked(path, since);
    } catch (error) {
      await this.#lose(error);
    }
  }

  #mark(path: string): void {
    const wokeAt = this.#wokeAt;
    this.deps.noticeSuspension();
    // It came while the process did not run: the look that has begun finds it.
    if (this.#wokeAt !== wokeAt) return;
    this.#noticed++;
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (isReportName(name)) this.#queue.add(path, this.deps.elapsed());
    // A folder came or went, perhaps the source's own.
    else if (!name.includes(".") || this.#folders.includes(path)) void this.scan();
    else if (!name.startsWith(".")) void this.#scanIfFolder(path);
  }

  /** A folder's name may look like a file's. */
  async #scanIfFolder(path: string): Promise<void> {
    let isFolder = false;
    try {
      isFolder = (await lstat(pathOnDisk(this.folder.dir, path))).isDirectory();
    } catch (error) {
      if (isGone(error)) return;
      // Why it cannot be looked at is for the look to say.
      isFolder = true;
    }
    if (isFolder) await this.scan();
  }

  #submitWatched(): Promise<boolean> {
    const observation = { kind: "source-watched", source: this.folder.name, receivedAt: this.deps.now() } as const;
    return this.deps.intake.submit(observation, null);
  }

  /** The folder cannot be read: say so once, and look again every 15 s until it can. */
  async #lose(error: unknown): Promise<void> {
    const why = whyUnreadable(error);
    this.#unwatch();
    this.#report({ state: "unreachable", read: 0, total: 0, why });
    if (this.#lossReported === why || this.#stopped) return;
    this.#lossReported = why;
    const observation = {
      kind: "source-unreachable",
      source: this.folder.name,
      receivedAt: this.deps.now(),
      why,
    } as const;
    if (!(await this.deps.intake.submit(observation, null))) this.#lossReported = null;
  }

  #unwatch(): void {
    this.#watch?.[Symbol.dispose]();
    this.#watch = null;
  }

  #report(progress: Status): void {
    this.#progress = progress;
    this.deps.events.progressed(this.folder.name, this.progress);
  }
}
