import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { until } from "../support/daemon";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";
import { listenTo } from "../support/socket";

test("stopped while reports pour in, it finishes what it began and reads the rest later, each once", async () => {
  await using story = await Story.begin();
  for (let round = 0; round < 8; round++) {
    for (let index = 0; index < 60; index++)
      story.place(`r${round}-${index}.json`, aSignal({ symbol: `C${index}USDT` }).body(story.now));
    // At another point of the reading each time.
    for (let turn = 0; turn < round; turn++) await Bun.sleep(0);
    await story.stop();
    await story.start();
  }
  await until("every report in the ledger", () => story.rows("SELECT 1 FROM files").length === 480);
  expect(story.rows("SELECT path FROM reports GROUP BY path HAVING count(*) > 1")).toEqual([]);
  expect(story.rows("SELECT count(*) AS count FROM reports")).toEqual([{ count: 480 }]);
});

test("sockets are closed as going away, and the control socket is gone", async () => {
  await using story = await Story.begin();
  const listener = await listenTo(story.daemon.url);
  expect(existsSync(join(story.daemon.data, "control.sock"))).toBe(true);
  await story.stop();
  expect(await listener.closed).toBe(1001);
  expect(existsSync(join(story.daemon.data, "control.sock"))).toBe(false);
});

test("a second daemon on the same data folder is refused and leaves the first alone", async () => {
  await using story = await Story.begin();
  const { startDaemon } = await import("../../src/daemon");
  const start = async () => await startDaemon({ ...story.daemon.config, port: 0 });
  expect(start()).rejects.toThrow("another daemon runs on the data folder");
  await story.at("1s").report(aSignal());
  expect(await story.raised()).toHaveLength(1);
});
