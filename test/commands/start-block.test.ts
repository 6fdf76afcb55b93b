import { expect, test } from "bun:test";
import { commands } from "../../src/commands/index";
import { asCalledHere, named } from "../../src/commands/print/as-called-here";
import { startBlock, type StartFacts } from "../../src/commands/start-block";
import { programName } from "../../src/config/environment";

const facts: StartFacts = { listensOn: null, link: null, folders: ["/srv/reports"], program: "virtuoso" };
const block = (given: Partial<StartFacts> = {}) => startBlock({ ...facts, ...given }, (text) => text);

test("a person reads the folder, a line to try it and the demo, and the link only where there is no account", () => {
  expect(block()).toBe(`
It reads the reports in
  /srv/reports
Try it in another terminal
  mkdir -p /srv/reports && echo '{"symbol":"BTCUSDT","signal":"BUY","score":88,"reliability":0.95,"price":43000}' > /srv/reports/first.json
See it full, over a simulated market
  virtuoso demo --port 0
`);
  expect(block({ link: "http://127.0.0.1:8000/signin#link=abc" })).toMatch(/account .*\n {2}http:.*#link=abc\n/);
  expect(block({ listensOn: "http://0.0.0.0:8000" })).toContain("listens on\n  http://0.0.0.0:8000\n");
});

test("of many folders it names three, in full and as one line each", () => {
  const shown = block({ folders: ["here", "/b\u001b[2J\nx", "/c", "/d", "/e"] });
  expect(shown).toContain(`\n  ${process.cwd()}/here\n  /b x\n  /c\n  and 2 more, listed by virtuoso status\n`);
});

test.each([
  [{ npm_command: "exec" }, "/usr/bin/virtuoso", "npx virtuoso"],
  [{ npm_lifecycle_event: "start" }, "/usr/bin/virtuoso", "npx virtuoso"],
  [{}, null, "npx virtuoso"],
  [{}, "/usr/bin/virtuoso", "virtuoso"],
] as const)("started under %j with %p on the path it is called %s", (environment, found, name) => {
  expect(programName(environment, () => found)).toBe(name);
});

test("messages name commands as they are called here, and no word that is none", () => {
  expect(asCalledHere("virtuoso restore FILE puts it back; virtuoso signin-link makes another", "npx virtuoso")).toBe(
    "npx virtuoso restore FILE puts it back; npx virtuoso signin-link makes another",
  );
  const without = "npx virtuoso demo; virtuoso ready http://here; not how virtuoso answers";
  expect(asCalledHere(without, "npx virtuoso")).toBe(without);
  expect(named.filter((each) => !commands.some(({ name }) => name === each))).toEqual([]);
});
