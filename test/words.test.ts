import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { Glob } from "bun";
import { literalsOf } from "./support/literals";

/** Where sentences are written that people read: the page, the API's description, the command line, alerts, the log. */
const rooms = /^(?:ui|src\/(?:api|auth|channels|commands|core|daemon|ingest|notify|rules|scanners|sections|views))\//;

/** Names of rules, verdicts and states: their labels are for people. */
const names =
  /\b(?:below-threshold|not-worth|strong-signal|source-silent|source-unreachable|channel-broken|clock-offset|config-refused|host-pressure|reports-refused|scanner-failing|first-look|no-data|condition-over|not-repeated)\b/;
const lengths = "(?:format(?:Duration|Percent|Bytes)|durationText|uptimeText|percent|percentOfRatio|signedPercent)";
const units = "(?:ms|s|min|h|d|%|percent|seconds|minutes)(?![\\w-])";

/** What no sentence says, and what is said instead. */
const faults: readonly (readonly [what: string, found: RegExp, not: RegExp | null])[] = [
  // The API explains its own values by name, each followed by what it means.
  ["a name in place of its label", names, /: |missed-while-away/],
  ["a unit twice", new RegExp(`\\$\\{${lengths}\\([^}]*\\)\\} ${units}|% %`), null],
  [
    "seconds where minutes are meant",
    /\b\d{3,} s\b|Math\.\w+\([^}]* \/ 1000\)\} s\b/,
    /^\$\{Math\.round\(ms \/ 1000\)\} s$/,
  ],
  ["milliseconds to people", /\}\s?ms\b/, /^age of the quote|^\$\{forMs\}ms$/],
  [
    "one of many",
    /(?<![\d.,])\b1 (?!h\b)[a-z]{3,}s\b(?! |$)|\$\{[^}]*\.length\} (?!characters|levels)[a-z]{3,}s\b/,
    /of \$\{components\.length\} components|^last \$\{known\.length\} scores|candles of/,
  ],
  [
    "a word of no one else's English",
    /\b(?:nobody|everybody|somebody|told|tells?|telling|hears?|heard|concoeff\w*)\b/i,
    null,
  ],
  ["a sign before nothing", /[+\u2212-]0\.0 %/, null],
];

/** Measured in milliseconds, which is what matters there. */
const inMs = ["src/commands/doctor/fsync.ts", "ui/parts/known-facts.ts"];

test("sentences people read: labels, one unit, plurals, no private words", () => {
  const wrong: string[] = [];
  for (const path of new Glob("{src,ui}/**/*.ts").scanSync(".")) {
    if (!rooms.test(path)) continue;
    for (const text of literalsOf(readFileSync(path, "utf8"))) {
      if (!/[a-z]{2,}.* |ms\b/.test(text)) continue;
      for (const [what, found, but] of faults)
        if (found.test(text) && but?.test(text) !== true && !(what.startsWith("milli") && inMs.includes(path)))
          wrong.push(`${path}: ${what}: ${text}`);
    }
  }
  expect(wrong).toEqual([]);
});

test.each([
  ["it is below-threshold", "a name in place of its label"],
  ["${formatDuration(ms)} min ago", "a unit twice"],
  ["last report 1576 s ago", "seconds where minutes are meant"],
  ["a scan goes on since ${Math.round(tookMs / 1000)} s", "seconds where minutes are meant"],
  ["it took ${took} ms", "milliseconds to people"],
  ["whole, ${entries.length} entries", "one of many"],
  ["nobody signs in here", "a word of no one else's English"],
])("%p is found to be %s", (text, what) => {
  expect(faults.filter(([, found]) => found.test(text)).map(([name]) => name)).toContain(what);
});

test("texts of literals come without code, comments and tags", () => {
  const code =
    'const a = /"x/; // "no"\nf("one two", `three ${b ? "four five" : c} six`, html`<p title="no">seven <b>${d}</b></p>`);';
  expect(literalsOf(code)).toEqual(["one two", "four five", 'three ${b ? "four five" : c} six', "seven ${d}"]);
});
