import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../support/daemon";
import { startTestSource, type TestSource } from "../support/report-source";

/** A source whose process can be made to have slept: what is noticed next is noticed on waking. */
async function startSleeper(): Promise<TestSource & { sleep(): void }> {
  let slept = false;
  const sleeper: TestSource = await startTestSource({
    noticeSuspension() {
      if (!slept) return;
      slept = false;
      sleeper.source.wake();
    },
  });
  return { ...sleeper, sleep: () => void (slept = true) };
}

const kindsOf = ({ observations }: TestSource) =>
  observations.map((each) =>
    each.kind === "report" ? `${each.file}${each.backlog ? " not seen arriving" : ""}` : each.kind,
  );

function write(source: TestSource, name: string): void {
  writeFileSync(
    join(source.dir, name),
    JSON.stringify({ symbol: "BTCUSDT", signal: "BUY", score: 80, timestamp: 1_700_000_000_000, name }),
  );
}

test("what came while the process was suspended was not seen arriving, whatever is noticed first", async () => {
  await using source = await startSleeper();
  write(source, "before.json");
  await until("what came before", () => source.reports().length === 1);
  source.sleep();
  for (const name of ["asleep-1.json", "asleep-2.json"]) write(source, name);
  await until(
    "all that came",
    () => source.observations.at(-1)?.kind === "source-caught-up" && source.reports().length === 3,
  );
  write(source, "after.json");
  await until("what came after", () => source.reports().length === 4);
  expect(kindsOf(source)).toEqual([
    "source-watched",
    "source-caught-up",
    "before.json",
    // Once as it wakes, before anything is judged, and once as the look begins.
    "source-watched",
    "source-watched",
    "asleep-1.json not seen arriving",
    "asleep-2.json not seen arriving",
    "source-caught-up",
    "after.json",
  ]);
});

test("a report that was being read when the process was suspended was not seen arriving either", async () => {
  await using source = await startSleeper();
  write(source, "half.json");
  // It is noticed, and the next to ask whether it slept is the one that hands it on.
  source.source.retry("half.json");
  source.sleep();
  await until("it", () => source.reports().length > 0 && source.observations.at(-1)?.kind === "source-caught-up");
  expect(source.reports().filter(({ backlog }) => !backlog)).toEqual([]);
});
