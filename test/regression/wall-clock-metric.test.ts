import { expect, test } from "bun:test";
import { Story } from "../support/story";

test(
  "the clock in the metrics is the machine's own, whatever clock the desk goes by: a demo in fast motion " +
    "has no clock skew",
  async () => {
    await using story = await Story.begin();
    await story.at("30d").expect();
    const before = Date.now() / 1000;
    const page = await (await fetch(`${story.daemon.url}/metrics`)).text();
    const seconds = Number(/^virtuoso_time_seconds (\S+)$/m.exec(page)?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(before - 1);
    expect(seconds).toBeLessThanOrEqual(Date.now() / 1000 + 1);
  },
);
