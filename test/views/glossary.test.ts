import { expect, test } from "bun:test";
import { Glob } from "bun";
import { readFileSync } from "node:fs";
import { gates, verdicts } from "../../src/core/decide/decision";
import { tunablePaths } from "../../src/core/tunables";
import { glossary, type Definition } from "../../src/views/glossary";

const words = Object.entries<Definition>(glossary);

test("every setting, verdict and gate is explained", () => {
  const names = [...tunablePaths.map((path) => path.split(".")[1] ?? ""), ...verdicts, ...gates];
  expect(names.filter((name) => !Object.hasOwn(glossary, name))).toEqual([]);
});

test("a definition is one or two sentences, and no term stands twice", () => {
  for (const [word, { term, means }] of words) {
    expect(`${word}: ${means}`).toMatch(/^[^:]+: [A-Z].*\.$/);
    expect([word, means.length < 200]).toEqual([word, true]);
    expect([word, means.split(/(?<=[.])\s+(?=[A-Z])/).length <= 2]).toEqual([word, true]);
    expect(words.filter((other) => other[1].term === term).length).toBe(1);
  }
});

test("the page loads the definitions late: only the tips and the API's page name them", async () => {
  const importing: string[] = [];
  for await (const path of new Glob("**/*.ts").scan("ui"))
    if (/import \{ [^}]*\bglossary\b/.test(readFileSync(`ui/${path}`, "utf8"))) importing.push(path);
  expect(importing.toSorted()).toEqual(["docs/docs-page.ts", "parts/term-tip.ts"]);
});
