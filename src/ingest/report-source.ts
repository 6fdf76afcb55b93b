import type { Stats } from "node:fs";
import { lstat, mkdir, stat } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { pathOnDisk } from "./file-path";
import { FolderWatch, type Watchers } from "./folder-watch";
import { inParallel } from "./in-parallel";
import { KnownFiles } from "./known-files";
import type { IngestEvents, Intake, Progress, ReportFolder, SkippedFolder } from "./ports";
import { compressOriginal, digestOf, isGone, observedAtOf, readReportFile, type ReadFile } from "./report-file";
import { isReportName, listReports } from "./report-names";
import { Settling } from "./settling";
import { Unmounted, whyUnreadable } from "./why-unreadable";

export interface ReportSourceDeps {
  readonly intake: Intake;
  readonly events: IngestEvents;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /** Asked before anything that was heard is believed: where the process did not run for a while, every source is woken first. */
  readonly noticeSuspension: () => void;
  /** How folders are watched; the system's ways where left out. */
  readonly watchers?: Watchers;
}

/** How one file came to be read. */
interface Occasion {
  /** Found by a first look, not seen arriving. */
  readonly backlog: boolean;
  /** Since when it waits, monotonic ms. */
  readonly since: number;
}

/** What is said of a look; how it is watched, and what it leaves out, is known at any time. */
type Status = Omit<Progress, "polledBecause" | "skipped">;

const reconcileEveryMs = 15_000;
/** How often the folder's own time is held against what was heard: an event that got lost costs a second, not fifteen. */
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
  readonly #known: KnownFiles;
  readonly #settling = new Settling();
  /** Names something happened to, and since when they wait. */
  readonly #dirty = new Map<string, number>();
  #dirtyTurn: Iterator<readonly [string, number]> | null = null;
  readonly #reading = new Set<string>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Files to be looked at once more. */
  readonly #retries = new Set<ReturnType<typeof setTimeout>>();
  readonly #underWay = new Set<Promise<void>>();
  #watch: FolderWatch | null = null;
  #folder: FolderIdentity | null = null;
  #looking: Promise<void> | null = null;
  #scanAgain = false;
  readonly #stop = new AbortController();
  /** When the process ran again after it was suspended, monotonic ms: what was heard before counts as not seen arriving. */
  #wokeAt = Number.NEGATIVE_INFINITY;
  /** Folders the last look found below, and those it could not read. */
  #folders: readonly string[] = [];
  #skipped: readonly SkippedFolder[] = [];
  /** Events heard, and how many there were when the folder's own time was last looked at. */
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
    this.#known = new KnownFiles(deps.intake.knownFiles(folder.name));
  }

  get progress(): Progress {
    return { ...this.#progress, polledBecause: this.#watch?.polledBecause ?? null, skipped: this.#skipped };
  }

  get #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Files seen half-written that may still be completed. */
  get waiting(): number {
    return this.#settling.waiting;
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

  /** The process did not run for a while: what came meanwhile came while nobody watched, as after a restart. */
  wake(): void {
    if (this.#stopped || this.#watch === null) return;
    this.#wokeAt = this.deps.elapsed();
    // At once, so that nothing is judged before it: neither what waits to be read nor the source's silence.
    void this.deps.intake.submit(
      { kind: "source-watched", source: this.folder.name, receivedAt: this.deps.now() },
      null,
    );
    for (const timer of this.#retries) clearTimeout(timer);
    this.#retries.clear();
    this.#dirty.clear();
    this.#dirtyTurn = null;
    void this.startOver();
  }

  /** Resolves when nothing that was heard of waits to be read; half-written files wait by themselves. */
  async settled(): Promise<void> {
    while (this.#looking || this.#reading.size > 0 || this.#dirty.size > 0) await (this.#looking ?? Bun.sleep(1));
  }

  /** Reads a file once more, whatever it looks like. */
  retry(path: string): void {
    this.#known.doubt(path);
    this.#mark(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#unwatch();
    for (const timer of [...this.#timers, ...this.#retries]) clearTimeout(timer);
    await Promise.all([this.#looking, ...this.#underWay]);
  }

  /** The folder changed and nobody said so: some systems, and now and then this one, lose an event. */
  async #scanIfUnnoticed(): Promise<void> {
    this.deps.noticeSuspension();
    let changedAt: number | null;
    try {
      changedAt = (await factsOf(this.folder.dir))?.modifiedAt ?? null;
    } catch {
      // Why it cannot be looked at is for the look to say.
      return this.scan();
    }
    const unheard = changedAt !== this.#changedAt && this.#noticed === this.#noticedBefore;
    this.#changedAt = changedAt;
    this.#noticedBefore = this.#noticed;
    if (unheard) await this.scan();
  }

  async #scanOnce(): Promise<void> {
    try {
      const folder = identityOf(await stat(this.folder.dir));
      if (this.#watch && !isDeepStrictEqual(folder, this.#folder)) this.#unwatch();
      const first = this.#watch === null;
      // Watching starts before listing: what arrives in between is told twice rather than never.
      this.#watch ??= new FolderWatch(
        this.folder,
        { onName: (path) => this.#mark(path), onDoubt: () => void this.scan() },
        this.deps.watchers,
      );
      const { paths, folders, skipped } = await listReports(this.folder.dir);
      if (paths.length === 0 && !this.#known.isEmpty && this.#folder && folder.device !== this.#folder.device)
        throw new Unmounted();
      this.#folder = folder;
      // Whoever stopped watching meanwhile asked for another look.
      if (this.#watch === null) return;
      this.#watch.follow(folders);
      // Nobody watched what could not be read until now.
      const regained = this.#skipped.some(({ folder }) => folders.includes(folder));
      this.#folders = folders;
      this.#skipped = skipped;
      await (first || regained ? this.#firstScan(paths) : this.#reconcile(paths));
    } catch (error) {
      if (!this.#stopped) await this.#lose(error);
    }
  }

  /** Everything found now was there before anybody watched. */
  async #firstScan(paths: readonly string[]): Promise<void> {
    const { intake, now } = this.deps;
    const source = this.folder.name;
    if (!(await intake.submit({ kind: "source-watched", source, receivedAt: now() }, null))) return this.#unwatch();
    this.#lossReported = null;
    await this.#noteComingAndGoing(paths);
    const fresh = await this.#inOrder(await this.#changedOnes(paths));
    this.#report({ state: "first-look", read: 0, total: fresh.length, why: null });
    await this.#readInOrder(fresh, true);
    // Those that were heard of before count too.
    await Promise.all(this.#underWay);
    if (this.#stopped || !(await intake.submit({ kind: "source-caught-up", source, receivedAt: now() }, null))) return;
    this.#report({ ...this.#progress, state: "watching" });
  }

  async #reconcile(paths: readonly string[]): Promise<void> {
    await this.#noteComingAndGoing(paths);
    const unknown = paths.filter(
      (path) =>
        !this.#known.has(path) && !this.#reading.has(path) && !this.#dirty.has(path) && !this.#settling.awaits(path),
    );
    const edited = await this.#changedOnes(this.#known.nextTurn(recheckMax));
    await this.#readInOrder(await this.#inOrder([...unknown, ...edited]), false);
  }

  async #noteComingAndGoing(paths: readonly string[]): Promise<void> {
    await this.#setGone(
      this.#known.missingFrom(
        new Set(paths),
        this.#skipped.map(({ folder }) => folder),
      ),
      this.deps.now(),
    );
    await this.#setGone(this.#known.returned(paths), null);
  }

  async #setGone(paths: readonly string[], goneAt: number | null): Promise<void> {
    if (paths.length === 0 || !(await this.deps.intake.markGone(this.folder.name, paths, goneAt))) return;
    for (const path of paths) this.#known.setGone(path, goneAt !== null);
  }

  /** Those the ledger knows nothing of, or knows otherwise. */
  async #changedOnes(paths: readonly string[]): Promise<string[]> {
    const changed = await inParallel(
      paths,
      readAtOnce,
      async (path) => {
        const facts = await factsOf(pathOnDisk(this.folder.dir, path));
        return facts !== null && !this.#known.isAsRead(path, facts);
      },
      this.#stop.signal,
    );
    return paths.filter((_, index) => changed[index]);
  }

  /** By the time they tell, then by path. They are read for it and let go again: there may be too many to hold. */
  async #inOrder(paths: readonly string[]): Promise<string[]> {
    if (paths.length < 2) return [...paths];
    const timed = await inParallel(
      paths,
      readAtOnce,
      async (path) => {
        const file = await readReportFile(this.folder.dir, path, this.folder.parseOptions, this.deps.now(), false);
        return { path, at: typeof file === "string" ? Number.POSITIVE_INFINITY : observedAtOf(file) };
      },
      this.#stop.signal,
    );
    return timed.toSorted((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1)).map(({ path }) => path);
  }

  /** Reads side by side, hands on one after the other. */
  async #readInOrder(paths: readonly string[], backlog: boolean): Promise<void> {
    const beganAt = this.deps.elapsed();
    for (let start = 0; start < paths.length && !this.#stopped; start += handOnAtOnce) {
      // What is left was not seen arriving: the first look that follows reads it.
      if (!backlog && this.#wokeAt > beganAt) return;
      const since = this.deps.elapsed();
      const free = paths.slice(start, start + handOnAtOnce).filter((path) => !this.#reading.has(path));
      for (const path of free) this.#reading.add(path);
      try {
        const files = await inParallel(free, readAtOnce, (path) => this.#read(path, !backlog), this.#stop.signal);
        await Promise.all(free.map((path, index) => this.#handOn(path, files[index] ?? null, { backlog, since })));
      } finally {
        for (const path of free) this.#reading.delete(path);
      }
      if (backlog) this.#report({ ...this.#progress, read: Math.min(start + handOnAtOnce, paths.length) });
      this.#drain();
    }
  }

  #mark(path: string): void {
    const wokeAt = this.#wokeAt;
    this.deps.noticeSuspension();
    // It came while the process did not run: the look that has begun finds it.
    if (this.#wokeAt !== wokeAt) return;
    this.#noticed++;
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (isReportName(name)) {
      if (!this.#dirty.has(path)) this.#dirty.set(path, this.deps.elapsed());
      this.#drain();
    } else if (!name.includes(".") || this.#folders.includes(path)) {
      // A folder came or went, perhaps the source's own.
      void this.scan();
    } else if (!name.startsWith(".")) void this.#scanIfFolder(path);
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

  /** Reads what is marked, so many at once; one file never twice at a time. */
  #drain(): void {
    while (this.#reading.size < readAtOnce && !this.#stopped) {
      const next = this.#nextDirty();
      if (next === null) return;
      const [path, since] = next;
      this.#dirty.delete(path);
      this.#reading.add(path);
      const reading = this.#readMarked(path, since).finally(() => {
        this.#reading.delete(path);
        this.#underWay.delete(reading);
        this.#drain();
      });
      this.#underWay.add(reading);
    }
  }

  /**
   * The one that waits longest and is not being read. One iterator goes on over all of them: a fresh one would step over
   * every name taken out before, which among 10,000 costs more than reading the file.
   */
  #nextDirty(): readonly [string, number] | null {
    // A name passed over because it was being read is met again in the turn after.
    for (let turns = 0; turns < 2 && this.#dirty.size > 0; turns++) {
      this.#dirtyTurn ??= this.#dirty.entries();
      for (let next = this.#dirtyTurn.next(); next.done !== true; next = this.#dirtyTurn.next()) {
        if (!this.#reading.has(next.value[0])) return next.value;
      }
      this.#dirtyTurn = null;
    }
    return null;
  }

  async #readMarked(path: string, since: number): Promise<void> {
    try {
      await this.#handOn(path, await this.#read(path, true), { backlog: false, since });
    } catch (error) {
      await this.#lose(error);
    }
  }

  /** The file as it is now, where it has anything new to say and is settled. `seenNow`: it was seen changing. */
  async #read(path: string, seenNow: boolean): Promise<ReadFile | null> {
    const file = await readReportFile(this.folder.dir, path, this.folder.parseOptions, this.deps.now(), false);
    if (file === "gone") {
      this.#settling.forget(path);
      if (this.#known.has(path)) await this.#setGone([path], this.deps.now());
    }
    if (file === "folder") void this.scan();
    if (typeof file === "string" || this.#known.isAsRead(path, file)) return null;
    const retryMs = this.#settling.retryAfter(path, file, seenNow, this.deps.now());
    if (retryMs === null) return file;
    this.#later(this.#retries, retryMs, () => this.#mark(path));
    return null;
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
      : this.#submit(path, file, digest, backlog || since <= this.#wokeAt));
    if (stored) this.#known.remember(path, file);
    const refused = file.reading.refusals.some(({ element }) => element === null);
    events.handled(
      source,
      !stored ? "not-stored" : touched ? "touched" : refused ? "refused" : "read",
      (elapsed() - since) / 1000,
      path,
    );
  }

  #submit(path: string, file: ReadFile, digest: string, backlog: boolean): Promise<boolean> {
    const receivedAt = this.deps.now();
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
        modifiedAt: file.modifiedAt,
        backlog,
        known: false,
        signals: signals.map(dated),
        opportunities: opportunities.map(dated),
        market,
        refusals,
      },
      {
        size: file.size,
        modifiedAt: file.modifiedAt,
        digest,
        bytes: file.bytes,
        original: compressOriginal(file.bytes),
      },
    );
  }

  /** The folder cannot be read: say so once, and look again every 15 s until it can. */
  async #lose(error: unknown): Promise<void> {
    const why = whyUnreadable(error);
    this.#unwatch();
    this.#report({ state: "unreachable", read: 0, total: 0, why });
    if (this.#lossReported === why || this.#stopped) return;
    this.#lossReported = why;
    const stored = await this.deps.intake.submit(
      { kind: "source-unreachable", source: this.folder.name, receivedAt: this.deps.now(), why },
      null,
    );
    if (!stored) this.#lossReported = null;
  }

  #unwatch(): void {
    this.#watch?.[Symbol.dispose]();
    this.#watch = null;
  }

  #report(progress: Status): void {
    this.#progress = progress;
    this.deps.events.progressed(this.folder.name, this.progress);
  }

  #later(timers: Set<ReturnType<typeof setTimeout>>, ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  }
}

/** Which folder stands at a path. A file system gives the inode of a deleted folder to the next one made: its birth tells them apart. */
interface FolderIdentity {
  readonly device: number;
  readonly inode: number;
  readonly bornAt: number;
}

function identityOf({ dev, ino, birthtimeMs }: Stats): FolderIdentity {
  return { device: dev, inode: ino, bornAt: birthtimeMs };
}

async function factsOf(path: string | Buffer): Promise<{ size: number; modifiedAt: number } | null> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, modifiedAt: mtimeMs };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}
