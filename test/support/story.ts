import { expect, setDefaultTimeout } from "bun:test";
import { Database } from "bun:sqlite";
import { mkdirSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AlertType } from "../../src/core/alert";
import type { Word } from "../../src/core/decide/decision";
import { parseDuration } from "../../src/core/duration";
import { databasePath } from "../../src/store/db";
import type { ListOf } from "../../src/views/page";
import type { AlertShape } from "../../src/views/alerts";
import type { DecisionShape } from "../../src/views/decisions";
import type { SignalShape } from "../../src/views/signals";
import { startTestDaemon, until, type TestDaemon } from "./daemon";
import type { ReportGiven } from "./reports";
import { framesOf, listenTo, type Listener } from "./socket";

// Nothing in a story waits for a time: only a machine with much else to do needs this long.
setDefaultTimeout(30_000);

/** The start of every story: a Monday at noon, on the border of every cap window. */
export const dawn = Date.parse("2026-03-02T12:00:00Z");

export interface StoryOptions {
  /** Text of the virtuoso.config.ts; `FOLDER` in it stands for the story's folder. */
  readonly config?: string;
  /** Folders to make beside the default one. */
  readonly folders?: readonly string[];
  /** Runs before the daemon first starts. */
  readonly before?: (folder: string) => void;
  /** True: the machine's clock is the story's, so that the daemon was suspended wherever that leaps. */
  readonly suspends?: boolean;
}

/** An alert as a story expects it. */
export function alert(type: AlertType, symbol: string | null, more: Partial<AlertShape> = {}): Partial<AlertShape> {
  return { type, symbol, ...more };
}

/** A decision as a story expects it. */
export function decision(word: Word, more: Partial<DecisionShape> = {}): Partial<DecisionShape> {
  return { word, ...more };
}

/** A SYSTEM alert of the rule of this name. */
export function systemAlert(rule: string, more: Partial<AlertShape> = {}): Partial<AlertShape> {
  return { type: "SYSTEM", symbol: null, rule, ...more };
}

/**
 * A story on the whole daemon, written with times: real files, real SQLite, real sockets, and a clock that moves only on demand.
 * Alerts are the same by the API and the socket, or the story fails.
 */
export class Story implements AsyncDisposable {
  #now = dawn;
  #daemon: TestDaemon | null = null;
  /** One connection after another; what the last ones received may come in after the daemon has stopped. */
  readonly #sockets: Listener[] = [];
  #stopped = false;
  #alertsSeen = 0;
  #decisionsSeen = 0;

  static async begin(options: StoryOptions = {}): Promise<Story> {
    const story = new Story();
    story.#daemon = await startTestDaemon({
      now: () => story.#now,
      ...(options.suspends === true ? { wallClock: () => story.#now } : {}),
      ticking: false,
      // A story is about reports; its leaping clock would be news to whoever watches the machine.
      scanning: false,
      ...(options.config === undefined ? {} : { config: options.config }),
      before: (folder) => {
        for (const name of options.folders ?? []) mkdirSync(join(folder, name));
        options.before?.(folder);
      },
    });
    await story.#listen();
    return story;
  }

  get now(): number {
    return this.#now;
  }

  get daemon(): TestDaemon {
    if (!this.#daemon) throw new Error("the story has not begun");
    return this.#daemon;
  }

  get folder(): string {
    return this.daemon.folder;
  }

  get reports(): string {
    return this.daemon.reports;
  }

  /** Every frame received, over all connections. */
  get frames(): Listener["frames"] {
    return this.#sockets.flatMap(({ frames }) => frames);
  }

  /** Lets the clock go on to this time after dawn; the daemon notices as it does every second. */
  at(time: string): Moment {
    this.sleepUntil(time);
    if (!this.#stopped) this.daemon.daemon.tick();
    return new Moment(this);
  }

  /** Lets the clock go on to this time after dawn, without a tick. */
  sleepUntil(time: string): void {
    const ms = msOf(time);
    if (ms === null) throw new Error(`no time of day: ${time}`);
    if (dawn + ms < this.#now) throw new Error(`${time} is over`);
    this.#now = dawn + ms;
  }

  /** Places a file the way careful writers do, its mtime by the story's clock. Answers its path. */
  place(path: string, body: unknown, modifiedAt = this.#now): string {
    const full = path.startsWith("/") ? path : join(this.reports, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(`${full}.tmp`, typeof body === "string" ? body : JSON.stringify(body));
    utimesSync(`${full}.tmp`, modifiedAt / 1000, modifiedAt / 1000);
    renameSync(`${full}.tmp`, full);
    return full;
  }

  /** Waits until the ledger holds this file as it stood at this time. */
  async committed(source: string, path: string, modifiedAt = this.#now): Promise<void> {
    using database = new Database(databasePath(this.daemon.data), { readonly: true });
    const file = database.query<{ modified_at: number }, [string, string]>(
      "SELECT modified_at FROM files WHERE source = ? AND path = ? AND gone_at IS NULL",
    );
    await until(`${path} in the ledger`, () => Math.abs((file.get(source, path)?.modified_at ?? 0) - modifiedAt) < 1);
  }

  /** Rows of the database, read beside the daemon. */
  rows<T>(sql: string, ...values: (string | number)[]): T[] {
    using database = new Database(databasePath(this.daemon.data), { readonly: true });
    return database.query<T, (string | number)[]>(sql).all(...values);
  }

  get<T>(path: string): Promise<T> {
    return this.daemon.get<T>(path);
  }

  /** The newest signal of a symbol. */
  async signal(symbol: string): Promise<SignalShape> {
    const { items } = await this.get<ListOf<SignalShape>>(`/api/signals?symbol=${encodeURIComponent(symbol)}&limit=1`);
    if (!items[0]) throw new Error(`no signal of ${symbol}`);
    return items[0];
  }

  async post(path: string, body: unknown): Promise<Response> {
    return await fetch(`${this.daemon.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  /** Looks at every folder, after whatever look is under way. */
  async scan(): Promise<void> {
    await this.daemon.daemon.scan();
    await this.daemon.daemon.scan();
  }

  async stop(): Promise<void> {
    await this.daemon.stop();
    this.#stopped = true;
  }

  async start(): Promise<void> {
    await this.daemon.restart();
    this.#stopped = false;
    await until("the first look", async () => (await fetch(`${this.daemon.url}/readyz`)).ok);
    await this.#listen();
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Alerts raised since this was last asked, oldest first. */
  async raised(): Promise<AlertShape[]> {
    const alerts = await this.#newer<AlertShape>("/api/alerts", this.#alertsSeen);
    this.#alertsSeen = Math.max(this.#alertsSeen, ...alerts.map(({ id }) => numberOf(id)));
    await until("the socket to hear of every alert", () =>
      alerts.every(({ id }) => framesOf(this.frames, "new_alert").some(({ alert: sent }) => sent.id === id)),
    );
    return alerts;
  }

  /** Decisions made since this was last asked, oldest first. */
  async decided(): Promise<DecisionShape[]> {
    const decisions = await this.#newer<DecisionShape>("/api/decisions", this.#decisionsSeen);
    this.#decisionsSeen = Math.max(this.#decisionsSeen, ...decisions.map(({ id }) => numberOf(id)));
    return decisions;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sockets.at(-1)?.close();
    await this.daemon[Symbol.asyncDispose]();
    expect(this.#sockets.flatMap(({ faults }) => faults)).toEqual([]);
    // An alert is sent once, whatever happened in between.
    const published = framesOf(this.frames, "new_alert").map(({ alert: each }) => each.id);
    expect(published).toEqual([...new Set(published)]);
  }

  async #listen(): Promise<void> {
    this.#sockets.push(await listenTo(this.daemon.url, this.#sockets.at(-1)?.cursor ?? null));
  }

  async #newer<T extends { id: string }>(path: string, seen: number): Promise<T[]> {
    const found: T[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: ListOf<T> = await this.get(`${path}?limit=100${cursor === "" ? "" : `&cursor=${cursor}`}`);
      const fresh = page.items.filter(({ id }) => numberOf(id) > seen);
      found.push(...fresh);
      cursor = fresh.length === page.items.length ? page.next_cursor : null;
    }
    return found.toSorted((a, b) => numberOf(a.id) - numberOf(b.id));
  }
}

/** What happens at one time of a story. */
export class Moment {
  constructor(private readonly story: Story) {}

  /** Files come in one after the other; each is in the ledger before the next one is written. */
  async report(...reports: readonly ReportGiven[]): Promise<void> {
    for (const report of reports) await this.reportTo("reports", this.story.reports, report);
  }

  async reportTo(source: string, dir: string, { name, body }: ReportGiven): Promise<void> {
    const path = name ?? "report.json";
    this.story.place(join(dir, path), body(this.story.now));
    if (!this.story.isStopped) await this.story.committed(source, path);
  }

  /** Exactly these alerts were raised since the last expectation. */
  async expect(...wanted: readonly Partial<AlertShape>[]): Promise<AlertShape[]> {
    const raised = await this.story.raised();
    expect(raised).toMatchObject(wanted.map((each) => ({ ...each })));
    return raised;
  }

  /** Exactly these decisions were made since the last expectation. */
  async expectDecisions(...wanted: readonly Partial<DecisionShape>[]): Promise<DecisionShape[]> {
    const decided = await this.story.decided();
    expect(decided).toMatchObject(wanted.map((each) => ({ ...each })));
    return decided;
  }

  async change(settings: object): Promise<void> {
    const response = await this.story.post("/api/dashboard/config", settings);
    expect({ status: response.status, body: (await response.json()) as unknown }).toMatchObject({
      status: 200,
      body: { status: "success" },
    });
  }

  stop(): Promise<void> {
    return this.story.stop();
  }

  start(): Promise<void> {
    return this.story.start();
  }

  async restart(): Promise<void> {
    await this.story.stop();
    await this.story.start();
  }
}

/** `90s`, `4m59s`, `10h2m`. */
function msOf(time: string): number | null {
  const parts = time.match(/\d+[a-z]+/g) ?? [];
  if (parts.join("") !== time) return null;
  return parts.reduce<number | null>(
    (sum, part) => (sum === null ? null : sum + (parseDuration(part) ?? Number.NaN)),
    0,
  );
}

function numberOf(id: string): number {
  return Number(id.slice(1));
}
