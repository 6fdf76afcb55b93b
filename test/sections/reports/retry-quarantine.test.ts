import { expect, test } from "bun:test";
import type { DaemonParts } from "../../../src/daemon/parts";
import { retryQuarantine } from "../../../src/sections/reports/retry-quarantine";
import type { QuarantineRow } from "../../../src/store/quarantine";

const row = (path: string, attempts = 1, element = 0): QuarantineRow => ({
  source: "reports",
  path,
  element,
  reason: "no-symbol",
  detail: "there is none",
  attempts,
  firstSeen: 1,
  lastSeen: 1,
});

/** A quarantine that becomes the next one each time it is looked at, and a clock that goes on with it. */
function given(looks: readonly (readonly QuarantineRow[])[], known: readonly string[] = []) {
  const asked: string[] = [];
  let look = -1;
  const parts = {
    reader: {
      listQuarantine: () => looks[Math.min(++look, looks.length - 1)],
      digestOf: (_: string, path: string) => (known.includes(path) ? "digest" : undefined),
    },
    sources: { retry: (source: string, path: string) => asked.push(`${source} ${path}`) },
    elapsed: () => look * 1000,
  } as unknown as DaemonParts;
  return { parts, asked };
}

test("which healed, which did not, which is gone", async () => {
  const before = [row("healed.json"), row("bad.json"), row("gone.json")];
  const { parts, asked } = given([before, before, [row("bad.json", 2)]], ["healed.json"]);
  expect((await retryQuarantine(parts, {})).map(({ file, outcome, reason }) => [file, outcome, reason])).toEqual([
    ["healed.json", "read", null],
    ["bad.json", "refused", "no-symbol"],
    ["gone.json", "gone", null],
  ]);
  expect(asked).toEqual(["reports healed.json", "reports bad.json", "reports gone.json"]);
});

test("one that is not come to in time is said to wait", async () => {
  const { parts } = given([[row("slow.json")]]);
  expect(await retryQuarantine(parts, { file: "slow.json" })).toMatchObject([{ outcome: "waiting" }]);
});

test("elements of one file are kept apart, and the file is read once", async () => {
  const { parts, asked } = given(
    [[row("many.json", 1, 1), row("many.json", 1, 2)], [row("many.json", 2, 2)]],
    ["many.json"],
  );
  expect((await retryQuarantine(parts, {})).map(({ file, outcome }) => `${file} ${outcome}`)).toEqual([
    "many.json#1 read",
    "many.json#2 refused",
  ]);
  expect(asked).toEqual(["reports many.json"]);
});
