import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { regimes, type Regime } from "../../../src/core/market";
import { regimeOf, type RegimeFacts } from "../../../src/core/overview/regime";

const quiet: RegimeFacts = { averageChange: 0, btcChange: 0, dispersion: 5, advancers: 100, decliners: 100 };

test("a regime is entered at its threshold and left only well inside it", () => {
  let regime: Regime | null = null;
  const market = (facts: Partial<RegimeFacts>) => (regime = regimeOf({ ...quiet, ...facts }, regime));
  const rising = { advancers: 150, decliners: 100, btcChange: 1.5 };

  expect(market({})).toBe("NEUTRAL");
  expect(market({ ...rising, averageChange: 1.9 })).toBe("NEUTRAL");
  expect(market({ ...rising, averageChange: 2.1 })).toBe("BULLISH");
  for (const averageChange of [1.9, 2.1, 1.95, 1.6]) expect(market({ ...rising, averageChange })).toBe("BULLISH");
  expect(market({ averageChange: 1.6, btcChange: 0.6, advancers: 95, decliners: 100 })).toBe("BULLISH");
  expect(market({ averageChange: 1.6, btcChange: 0.6, advancers: 85, decliners: 100 })).toBe("NEUTRAL");
  expect(market({ ...rising, averageChange: 1.9 })).toBe("NEUTRAL");

  expect(market({ dispersion: 15.1 })).toBe("VOLATILE");
  expect(market({ dispersion: 12.1 })).toBe("VOLATILE");
  expect(market({ dispersion: 12 })).toBe("NEUTRAL");
  expect(market({ dispersion: 14 })).toBe("NEUTRAL");

  expect(market({ dispersion: 20, averageChange: -3, btcChange: -2, advancers: 50 })).toBe("BEARISH");
  expect(market({ dispersion: 20, averageChange: -1.6, btcChange: -0.6, advancers: 50 })).toBe("BEARISH");
  expect(market({ dispersion: 20, averageChange: -1.4, btcChange: -0.6, advancers: 50 })).toBe("VOLATILE");
});

test("a regime is unknown where one of its facts is", () => {
  for (const fact of Object.keys(quiet)) expect(regimeOf({ ...quiet, [fact]: null }, "BULLISH")).toBeNull();
});

const percent = fc.double({ min: -20, max: 20, noNaN: true });
const facts = fc.record({
  averageChange: percent,
  btcChange: percent,
  dispersion: fc.double({ min: 0, max: 40, noNaN: true }),
  advancers: fc.nat(500),
  decliners: fc.nat(500),
});

test("the same market, looked at again, has the same regime, and what is up in one is down in its mirror", () => {
  const mirror: Readonly<Record<Regime, Regime>> = {
    BULLISH: "BEARISH",
    BEARISH: "BULLISH",
    NEUTRAL: "NEUTRAL",
    VOLATILE: "VOLATILE",
  };
  fc.assert(
    fc.property(facts, fc.constantFrom(...regimes), (now, before) => {
      const regime = regimeOf(now, before);
      expect(regimeOf(now, regime)).toBe(regime);
      const mirrored = {
        ...now,
        averageChange: -now.averageChange,
        btcChange: -now.btcChange,
        advancers: now.decliners,
        decliners: now.advancers,
      };
      expect(regimeOf(mirrored, mirror[before])).toBe(regime && mirror[regime]);
    }),
  );
});
