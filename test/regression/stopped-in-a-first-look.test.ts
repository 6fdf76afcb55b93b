import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../support/daemon";
import { testSourceOn } from "../support/report-source";

const files = 3000;

test("stopped in a first look at many files it reads no further", async () => {
  const dir = mkdtempSync(join(tmpdir(), "virtuoso-many-"));
  try {
    for (let index = 0; index < files; index++)
      writeFileSync(
        join(dir, `${index}.json`),
        JSON.stringify({ symbol: "BTCUSDT", signal: "BUY", score: 80, timestamp: 1_700_000_000_000 + index }),
      );
    // Each file that is read asks for the time.
    let asked = 0;
    const { source, reports } = testSourceOn(dir, { now: () => (asked++, Date.now()) });
    const started = source.start();
    await until("the first files to be read", () => asked > 10);
    await source[Symbol.asyncDispose]();
    await started;
    expect(asked).toBeLessThan(files / 2);
    expect(reports()).toEqual([]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
