import { expect, test } from "bun:test";
import { factsOf } from "../../../src/views/fact-words";
import { factText } from "../../../ui/details/fact-text";

const textsOf = (details: Record<string, unknown>) =>
  factsOf(details).map((fact) => `${fact.label}: ${factText(fact)}`);

test.each([
  [{ reliability: 0.87 }, "Reliability: 87.0 %"],
  [{ quietMs: 4_083_217 }, "Silent for: 1 h"],
  [
    { "age of the quote on bybit ms": 33, "age of the quote on bybit ms limit": 10_000 },
    "Age of the quote on bybit: 0.03 s, limit 10 s",
  ],
  [{ tookMs: 4 }, "Took: under 0.01 s"],
  [{ excess: -0.08901, "excess limit": -0.025 }, "Beyond what the benchmark explains: \u22128.9 %, limit \u22122.5 %"],
  [{ "alpha per candle": -0.00178 }, "Beyond the benchmark, per candle: \u22120.18 %"],
  [{ p: 1.9e-7 }, "Chance of an accident (p): under 0.1 %"],
  [{ "times the usual": 7.449, "times the usual limit": 2 }, "Of the usual: 7.4 times, limit 2 times"],
  [{ turnover: 2_888_070_757.9 }, "Turnover: 2.89 B"],
  [{ "net % with 8 h of funding": 0.6812 }, "Net of costs, with 8 h of funding: +0.68 %"],
  [{ share: 0.5 }, "Refused share: 50.0 %"],
  [{ offsetMinutes: -60 }, "Clock off by: \u22121 h"],
  [{ since: Date.parse("2026-11-20T09:42:08Z") }, "Since: 20 Nov 2026 09:42:08 UTC"],
  [{ endsAt: "2026-11-20T09:42:08.000Z" }, "Ends: 20 Nov 2026 09:42:08 UTC"],
  [{ pattern: "beta_expansion" }, "Pattern: beta expansion"],
  [{ scanner: "market:bybit" }, "Scanner: market of bybit"],
  [{ backlog: false }, "Found by a first look: no"],
  // A rule of the user's own.
  [{ latency_ms: 250, lastFill: 0.031415 }, "Latency: 0.25 s", "Last fill: 0.03142"],
] as const)("%j", (details, ...texts) => {
  expect(textsOf(details)).toEqual(texts as unknown as string[]);
});
