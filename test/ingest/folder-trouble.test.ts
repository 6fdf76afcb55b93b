import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventWatch } from "../../src/ingest/event-watch";
import { FolderWatch, systemWatchers, type Watchers } from "../../src/ingest/folder-watch";
import { until } from "../support/daemon";
import { startTestSource, type TestSource } from "../support/report-source";

const report = (symbol = "BTCUSDT") =>
  JSON.stringify({ symbol, signal: "BUY", score: 80, timestamp: 1_700_000_000_000 });
const filesOf = (source: TestSource) =>
  source
    .reports()
    .map(({ file }) => file)
    .toSorted();
const isRoot = process.getuid?.() === 0;
/** A file system of its own, as a mounted one is. */
const otherDevice = "/dev/shm";
const hasOtherDevice = existsSync(otherDevice) && statSync(otherDevice).dev !== statSync(tmpdir()).dev;

/** A system that has `most` watches to give, and counts how often it was asked for a poll. */
function systemWithWatches(max: number, code = "ENOSPC"): Watchers & { max: number; polls: number } {
  const system = {
    max,
    polls: 0,
    events(dir: string, handlers: ConstructorParameters<typeof EventWatch>[1]) {
      if (system.max < 1) refuse(code);
      const watch = new EventWatch(dir, handlers);
      return {
        follow: (folders: readonly string[]) =>
          folders.length + 1 > system.max ? refuse(code) : watch.follow(folders),
        [Symbol.dispose]: () => watch[Symbol.dispose](),
      };
    },
    polled(...given: Parameters<Watchers["polled"]>) {
      system.polls++;
      return systemWatchers.polled(...given);
    },
  };
  return system;
}

function refuse(code: string): never {
  throw Object.assign(new Error(`${code}: no more`), { code });
}

describe("one folder below that cannot be read", () => {
  /** Root may read everything: where it runs the tests, the folder cannot be read by being no folder the system knows. */
  test.skipIf(isRoot)("is skipped and named, the rest goes on, and it is read when it can be", async () => {
    await using source = await startTestSource({ before: (dir) => makeLocked(dir) });
    expect(filesOf(source)).toEqual(["open.json"]);
    expect(source.source.progress.state).toBe("watching");
    // Every disk has the latter, and no report lies in it.
    const lostAndFound = { folder: "lost+found", why: "permission denied", isFault: false };
    expect(source.source.progress.skipped.toSorted((a, b) => (a.folder < b.folder ? -1 : 1))).toEqual([
      { folder: "locked", why: "permission denied", isFault: true },
      lostAndFound,
    ]);
    chmodSync(join(source.dir, "locked"), 0o755);
    await source.source.scan();
    expect(filesOf(source)).toEqual(["locked/x.json", "open.json"]);
    expect(source.source.progress.skipped).toEqual([lostAndFound]);
    // It was there before anybody could see it: it counts as not seen arriving.
    expect(source.observations.at(-2)).toMatchObject({ kind: "report", file: "locked/x.json", backlog: true });
    chmodSync(join(source.dir, "locked"), 0o000);
    await source.source.scan();
    expect(source.gone.size).toBe(0);
    for (const folder of ["locked", "lost+found"]) chmodSync(join(source.dir, folder), 0o755);
  });

  test.if(isRoot)("is skipped and named by a process that may not read it", () => {
    const { exitCode, stderr } = Bun.spawnSync(
      [
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        process.execPath,
        "test",
        "--timeout=30000",
        import.meta.path,
        "-t",
        "cannot be read is skipped",
      ],
      { cwd: tmpdir() },
    );
    expect({ exitCode, said: exitCode === 0 ? "" : stderr.toString() }).toEqual({ exitCode: 0, said: "" });
  });
});

function makeLocked(dir: string): void {
  mkdirSync(join(dir, "locked"));
  writeFileSync(join(dir, "locked", "x.json"), report());
  writeFileSync(join(dir, "open.json"), report());
  chmodSync(join(dir, "locked"), 0o000);
  mkdirSync(join(dir, "lost+found"), 0o000);
}

describe("a system that has no watch left", () => {
  test.each([
    ["EMFILE", 0],
    ["ENOSPC", 0],
    ["ENOSPC", 1],
  ])("is polled on %s with %p watches to give, says so, and is watched again once it can be", async (code, watches) => {
    const watchers = systemWithWatches(watches, code);
    await using source = await startTestSource({ watchers, before: (dir) => mkdirSync(join(dir, "deep")) });
    expect(source.source.progress).toMatchObject({ state: "watching", why: null });
    expect(source.source.progress.polledBecause).toContain(code);
    writeFileSync(join(source.dir, "deep", "one.json"), report("AUSDT"));
    await until("the poll", () => filesOf(source).length === 1, 10_000);
    writeFileSync(join(source.dir, "deep", "one.json"), `${report("BUSDT")} `);
    await until("what was written over it", () => source.reports().length === 2, 10_000);
    watchers.max = 10;
    await source.source.scan();
    await until("it to be watched", () => source.source.progress.polledBecause === null);
    writeFileSync(join(source.dir, "deep", "two.json"), report("CUSDT"));
    await until("the event", () => filesOf(source).includes("deep/two.json"), 10_000);
  });

  test.each(["ENOENT", "ENOTDIR", "EACCES", "EPERM", "ELOOP"])(
    "does not stand behind %s, which a poll would not help either",
    (code) => {
      const watchers = systemWithWatches(0, code);
      expect(
        () =>
          new FolderWatch(
            { dir: tmpdir(), watch: "auto" },
            { onName: () => undefined, onDoubt: () => undefined },
            watchers,
          ),
      ).toThrow(code);
      expect(watchers.polls).toBe(0);
    },
  );

  test("a folder that is to be polled asks for no watch", async () => {
    const watchers = systemWithWatches(0);
    await using source = await startTestSource({ watchers, folder: { watch: "poll" } });
    expect([source.source.progress.polledBecause, watchers.polls]).toEqual(["its config says so", 1]);
    writeFileSync(join(source.dir, "one.json"), report());
    writeFileSync(join(source.dir, "half.json.part"), report());
    await until("the poll", () => filesOf(source).length === 1, 10_000);
  });
});

test.skipIf(!hasOtherDevice)(
  "an unmounted folder is missed: its empty place on another device is not what it was",
  async () => {
    const place = mkdtempSync(join(tmpdir(), "virtuoso-mounted-"));
    const [mounted, unmounted, link] = [
      join(place, "mounted"),
      mkdtempSync(join(otherDevice, "virtuoso-")),
      join(place, "link"),
    ];
    try {
      mkdirSync(mounted);
      writeFileSync(join(mounted, "one.json"), report());
      symlinkSync(mounted, link);
      await using source = await startTestSource({ folder: { dir: link } });
      const mount = (at: string) => {
        unlinkSync(link);
        symlinkSync(at, link);
        return source.source.scan();
      };
      await mount(unmounted);
      expect(source.source.progress).toMatchObject({
        state: "unreachable",
        why: expect.stringContaining("unmounted?") as string,
      });
      expect(source.observations.at(-1)).toMatchObject({ kind: "source-unreachable" });
      expect(source.gone.size).toBe(0);
      await mount(mounted);
      expect(source.source.progress.state).toBe("watching");
      expect(source.reports()).toHaveLength(1);
    } finally {
      rmSync(place, { recursive: true, force: true });
      rmSync(unmounted, { recursive: true, force: true });
    }
  },
);
