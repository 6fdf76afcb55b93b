import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForWriting } from "../../src/store/db";
import { virtuoso } from "./program";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-config-"));
  openForWriting(join(folder, "data"))[Symbol.dispose]();
  writeFileSync(join(folder, "virtuoso.config.ts"), `export default { signals: { min_score: 60 } };`);
  writeFileSync(
    join(folder, "bad.config.ts"),
    `export default { signals: { min_scroe: 60 }, priorities: { medium: 90, high: 80 } };`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

const config = (words: string) => virtuoso(["config", ...words.split(" ")], { cwd: folder });
const valueOf = async (key: string): Promise<unknown> =>
  (JSON.parse((await config(`get ${key} -o json`)).out) as unknown[])[0];

test("a value is set, shadows the file's, is unset, and all of it is remembered", async () => {
  expect(await valueOf("signals.min_score")).toMatchObject({
    value: 60,
    origin: "file",
    shadowed: null,
    unit: "strength",
  });
  expect(await valueOf("monitoring.max_alerts")).toMatchObject({ value: 3, origin: "default" });

  expect(await config("set signals.min_score 70")).toEqual({
    code: 0,
    out: "",
    err: "it is stored and holds from the next start on: no daemon runs\n",
  });
  expect(await config("set alpha.risk_level High")).toMatchObject({ code: 0 });
  expect(await valueOf("signals.min_score")).toMatchObject({ value: 70, origin: "runtime", shadowed: 60 });
  expect((await config("get")).out).toMatch(/signals\.min_score +70 +strength +runtime, shadows 60 in the file/);
  expect((await virtuoso(["doctor"], { cwd: folder })).out).toMatch(
    /warning +settings +signals\.min_score is 70.*the config file says 60/,
  );

  expect(await config("unset signals.min_score")).toMatchObject({ code: 0 });
  expect(await valueOf("signals.min_score")).toMatchObject({ value: 60, origin: "file", shadowed: null });
  expect(await valueOf("alpha.risk_level")).toMatchObject({ value: "High", origin: "runtime" });

  const history = JSON.parse((await config("history -o json")).out) as { who: string; changes: unknown[] }[];
  expect(history.map(({ changes }) => changes)).toEqual([
    [{ key: "signals.min_score", before: 70, after: null }],
    [{ key: "alpha.risk_level", before: null, after: "High" }],
    [{ key: "signals.min_score", before: null, after: 70 }],
  ]);
  expect(history[0]?.who).toMatch(/ at the command line$/);
});

test("check names each place of a bad file", async () => {
  const [good, bad, gone] = await Promise.all([
    config("check"),
    config("check --config bad.config.ts"),
    config("check --config none.ts"),
  ]);
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining("virtuoso.config.ts can be used") });
  expect(bad).toMatchObject({ code: 1, out: "" });
  expect(bad.err).toContain("signals");
  expect(bad.err).toContain("medium must be below high");
  expect(gone).toEqual({ code: 1, out: "", err: "error: config: no such file: none.ts\n" });
});

test("lists work while the config is broken", async () => {
  await config("set monitoring.max_alerts 5");
  expect(await virtuoso(["alerts", "--config", "bad.config.ts", "-o", "json"], { cwd: folder })).toEqual({
    code: 0,
    out: "[]\n",
    err: "",
  });
});
