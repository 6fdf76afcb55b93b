import { Glob } from "bun";
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { factsOf, factWords, hasWords } from "../../src/views/fact-words";

const text = (pattern: string) =>
  [...new Glob(pattern).scanSync()].map((path) => readFileSync(path, "utf8")).join("\n");

/** Every name under which a rule keeps something with an alert. */
function detailNames(): string[] {
  const decide = text("src/core/decide/**/*.ts");
  return [...decide.matchAll(/details: \{([^}]*)\}/g)]
    .flatMap(([, inside = ""]) => inside.split(/,\s*/))
    .map((part) => /^\s*(\w+)\s*(?::|$)/.exec(part)?.[1])
    .filter((name) => name !== undefined);
}

/** Every name of a number behind a finding; what is formed has a part of its own in it. */
function numberNames(): string[] {
  const findings = ["src/core/alpha/**/*.ts", "src/core/overview/*.ts"].map(text).join("\n");
  const named = [...findings.matchAll(/name:[^,\n]*?("[^"]+"|`[^`]+`)(?: : ("[^"]+"))?,?\s+value:/g)];
  const listed = [...findings.matchAll(/^ {4}\["([^"]+)", view\./gm)].map(([, name = ""]) => name);
  return [...named.flatMap(([, one = "", other = ""]) => [one, other]).map((name) => name.slice(1, -1)), ...listed]
    .filter((name) => name !== "")
    .map((name) => name.replaceAll(/\$\{[^}]*\}/g, "bybit"));
}

/** Every name of a plain value in what is handed to decide, and in a view of the market. */
function observedNames(): string[] {
  const shapes = text("src/core/observation.ts") + text("src/core/market.ts");
  return [...shapes.matchAll(/readonly (\w+)\??: (?:number|string|boolean|true|Regime|ActName)\b/g)].map(
    ([, name = ""]) => name,
  );
}

const internal = new Set(["seq", "mean", "pairs", "symbol", "rate", "change", "name", "firing", "priority", "summary"]);

test("every fact a rule keeps, a finding counts or an observation says has words of its own", () => {
  const names = [...new Set([...detailNames(), ...numberNames(), ...observedNames()])].filter(
    (name) => !internal.has(name),
  );
  for (const known of ["quietMs", "excess", "age of the quote on bybit ms", "top of the range", "outliers", "failing"])
    expect(names).toContain(known);
  expect(names.filter((name) => !hasWords(name))).toEqual([]);
  const raw = /_|%|\bms\b|[a-z][A-Z](?!I)/;
  expect(
    names.map((name) => factWords(name).label).filter((label) => raw.test(label) || !/^[A-Z]/.test(label)),
  ).toEqual([]);
});

test.each([
  ["latencyMs", "Latency", "milliseconds"],
  ["queue_seconds", "Queue", "seconds"],
  ["hit_ratio", "Hit", "ratio"],
  ["fill %", "Fill", "percent"],
  ["symbolAsWritten", "Symbol as written", null],
  ["label.cluster_name", "Label cluster name", null],
  ["lastSeenAt", "Last seen", "moment"],
] as const)("%s, which is in no table, is made readable", (name, label, unit) => {
  expect(factWords(name)).toEqual({ label, unit });
});

test("a number and its limit are one fact, and what is not known does not stand there", () => {
  expect(factsOf({ z: 9.2, "z limit": 4, turnover: 12, price: null, readings: {} })).toMatchObject([
    { name: "z", value: 9.2, limit: 4 },
    { name: "turnover", value: 12, limit: null },
  ]);
});
