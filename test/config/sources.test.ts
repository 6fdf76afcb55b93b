import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ConfigError, loadConfig, type Config } from "../../src/config";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-config-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

function load(
  text: string,
  reports?: string | null,
  environment: Readonly<Record<string, string>> = {},
): Promise<Config> {
  const config = join(folder, `${++files}.config.ts`);
  writeFileSync(config, text);
  return loadConfig({ config, reports }, environment);
}

async function refusalOf(text: string, reports?: string): Promise<string> {
  const error: unknown = await load(text, reports).then(
    () => null,
    (refused: unknown) => refused,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return error instanceof Error ? error.message : "";
}

const placesOf = ({ sources }: Config) => sources.map(({ name, dir, create }) => ({ name, dir, create }));
const one = `export default { sources: [{ kind: "reports", name: "desk", dir: "/of/the/file" }] };`;
const two = `export default { sources: [{ kind: "reports", name: "one", dir: "/one" }, { kind: "reports", name: "two", dir: "/two" }] };`;

test("only the default folder is made where it is missing", async () => {
  expect(placesOf(await load("export default {};"))).toEqual([
    { name: "reports", dir: resolve("reports/json"), create: true },
  ]);
  expect(placesOf(await load("export default {};", "/elsewhere"))).toEqual([
    { name: "reports", dir: "/elsewhere", create: false },
  ]);
  expect(placesOf(await load(one))).toEqual([{ name: "desk", dir: "/of/the/file", create: false }]);
});

test("a folder named by flag wins over the environment, and that over the file", async () => {
  expect(placesOf(await load(one, undefined, { VIRTUOSO_REPORTS: "/of/the/environment" }))).toMatchObject([
    { dir: "/of/the/environment" },
  ]);
  expect(placesOf(await load(one, "/of/the/flag", { VIRTUOSO_REPORTS: "/of/the/environment" }))).toMatchObject([
    { dir: "/of/the/flag" },
  ]);
  expect(placesOf(await load(one, null, { VIRTUOSO_REPORTS: "/of/the/environment" }))).toMatchObject([
    { dir: "/of/the/file" },
  ]);
});

test("with several sources it must be clear whose folder a flag names", async () => {
  expect(await refusalOf(two, "/of/the/flag")).toMatch(/--reports.*one, two/);
  const open = two.replace(`, dir: "/two"`, "");
  expect(placesOf(await load(open, "/of/the/flag"))).toMatchObject([
    { name: "one", dir: "/one" },
    { name: "two", dir: "/of/the/flag" },
  ]);
});

test("two sources on one folder would read everything twice", async () => {
  expect(await refusalOf(two.replace("/two", "/somewhere/../one"))).toMatch(/one and two.*\/one/);
});

test("a calendar that is not there is named", async () => {
  const source = `{ kind: "reports", name: "one", calendar: "nse" }`;
  expect(await refusalOf(`export default { sources: [${source}] };`)).toMatch(
    /the source one names the calendar nse: there are no calendars/,
  );
  const night = `{ kind: "hours", hours: "22:00-07:00", zone: "UTC" }`;
  expect(await refusalOf(`export default { sources: [${source}], calendars: { night: ${night} } };`)).toMatch(
    /names the calendar nse: expected one of night/,
  );
});

test("a word that is no time to keep things is answered with those that are", async () => {
  expect(await refusalOf(`export default { retention: { signals: "never" } };`)).toMatch(
    /retention\.signals: expected "forever" or a duration such as "90d" or "1y", got "never"/,
  );
});
