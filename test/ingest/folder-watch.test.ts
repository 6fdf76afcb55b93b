import { describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderWatch, type Watchers } from "../../src/ingest/folder-watch";
import { PolledWatch } from "../../src/ingest/polled-watch";
import { until } from "../support/daemon";

/** A system with `most` watches to give: which watchers it opened and closed, and how often a look was asked for. */
function watchedBy(max: number, watch: "auto" | "poll" = "auto") {
  const system = { max, open: [] as string[], doubts: 0 };
  const opened = (kind: string, max: () => number) => {
    const name = `${kind} ${system.open.length}`;
    system.open.push(name);
    return {
      follow: (folders: readonly string[]) => {
        if (folders.length + 1 > max()) throw Object.assign(new Error("no more"), { code: "ENOSPC" });
      },
      [Symbol.dispose]: () => void system.open.splice(system.open.indexOf(name), 1),
    };
  };
  const watchers: Watchers = {
    events: () => opened("events", () => system.max),
    polled: () => opened("polled", () => Number.POSITIVE_INFINITY),
  };
  const folder = new FolderWatch(
    { dir: "/anywhere", watch },
    { onName: () => undefined, onDoubt: () => void system.doubts++ },
    watchers,
  );
  return { system, folder, kinds: () => system.open.map((name) => name.split(" ")[0]) };
}

describe("one watcher at a time", () => {
  test("out of watches, the events end and the poll says why", () => {
    const { folder, kinds } = watchedBy(1);
    expect(kinds()).toEqual(["events"]);
    folder.follow(["below"]);
    expect(kinds()).toEqual(["polled"]);
    expect(folder.polledBecause).toBe("the system allows no more watches (ENOSPC)");
  });

  test("with watches again, the poll ends and a look is asked for, once", () => {
    const { system, folder, kinds } = watchedBy(1);
    folder.follow(["below"]);
    expect(system.doubts).toBe(0);
    system.max = 2;
    folder.follow(["below"]);
    expect([kinds(), folder.polledBecause, system.doubts]).toEqual([["events"], null, 1]);
  });

  test("a watch that opens and cannot follow is closed, and the poll goes on", () => {
    const { folder, kinds, system } = watchedBy(1);
    folder.follow(["below"]);
    folder.follow(["below"]);
    expect([kinds(), system.doubts]).toEqual([["polled"], 0]);
  });

  test("a folder that is to be polled stays polled; nothing is open once it is disposed of", () => {
    const { folder, kinds } = watchedBy(9, "poll");
    folder.follow(["below"]);
    expect([kinds(), folder.polledBecause]).toEqual([["polled"], "its config says so"]);
    folder[Symbol.dispose]();
    expect(kinds()).toEqual([]);
  });
});

/** How many watches of the system this process holds; where the system does not say, always 0. */
function systemWatches(): number {
  const descriptors = "/proc/self/fdinfo";
  if (!existsSync(descriptors)) return 0;
  return readdirSync(descriptors).flatMap((name) =>
    existsSync(join(descriptors, name))
      ? [...readFileSync(join(descriptors, name), "utf8").matchAll(/^inotify wd:/gm)]
      : [],
  ).length;
}

test(
  "polled, also through a link: names come relative to the folder, from one below too and not from deeper; " +
    "ready asks for a look",
  async () => {
    const place = mkdtempSync(join(tmpdir(), "virtuoso-polled-"));
    const [dir, link] = [join(place, "real"), join(place, "link")];
    mkdirSync(join(dir, "below", "deeper"), { recursive: true });
    symlinkSync(dir, link);
    const names = new Set<string>();
    let doubts = 0;
    const before = systemWatches();
    try {
      using _ = new PolledWatch(link, { onName: (name) => void names.add(name), onDoubt: () => void doubts++ });
      await until("the look when it is ready", () => doubts > 0);
      for (const name of ["below/deeper/three.json", "half.json.part", ".hidden.json", "below/two.json", "one.json"])
        writeFileSync(join(dir, name), "{}");
      await until("both", () => names.has("one.json") && names.has("below/two.json"));
      expect([...names].toSorted()).toEqual(["below/two.json", "one.json"]);
      expect(systemWatches()).toBe(before);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  },
);

test("polled, a folder that is not there asks for a look, which says so", async () => {
  let doubts = 0;
  using _ = new PolledWatch(join(tmpdir(), "virtuoso-not-there"), {
    onName: () => undefined,
    onDoubt: () => void doubts++,
  });
  await until("the look", () => doubts > 0);
});
