import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { virtuoso } from "./program";

/** What `demo --speed 60` has run ahead by after three quarters of an hour. */
const aheadMs = 41 * 3_600_000;
let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon({ now: () => Date.now() + aheadMs, scanning: false });
  daemon.drop("btc.json", { symbol: "BTCUSDT", signal: "BUY", score: 91, timestamp: Date.now() + aheadMs });
  await until("an alert", async () => (await daemon.get<{ items: unknown[] }>("/api/alerts")).items[0]);
  await virtuoso(["silence", "add", "symbol=ETHUSDT", "--for", "5h", "--url", daemon.url]);
});
afterAll(() => daemon[Symbol.asyncDispose]());

const questions = ["alerts", "signals", "why a1", "silence list", "status"];

async function agesBy(place: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(questions.map((words) => virtuoso([...words.split(" "), ...place])));
  return answers.flatMap(({ out }) => out.match(/\bin \d+ (?:s|min|h|d)\b|\b\d+ (?:s|min|h|d) ago\b/g) ?? []);
}

const isSoundAge = (age: string) => /^(?:\d+ s ago|in [45] h|in 299 min)$/.test(age);

test("ages are those of the daemon's clock, over its address, over its socket and once it is down", async () => {
  const over = await agesBy(["--url", daemon.url]);
  const here = await agesBy(["--data", daemon.data]);
  await daemon.stop();
  const down = await agesBy(["--data", daemon.data]);
  for (const ages of [over, here, down]) {
    expect(ages.length).toBeGreaterThan(4);
    expect(ages.filter((age) => !isSoundAge(age))).toEqual([]);
  }
});
