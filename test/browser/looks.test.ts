import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { Browser } from "playwright-core";
import type { OverviewShape } from "../../ui/wire";
import { defaultPreferences } from "../../src/views/preferences";
import { launchBrowser } from "../support/browser";
import { faultsOnEachScreen, looks, openPage, screens, type Screen } from "./looks";
import {
  aSignal,
  aStatus,
  anAlert,
  anOpportunity,
  anOverview,
  secondsAgo,
  startScriptedDaemon,
  type ScriptedDaemon,
} from "./scripted-daemon";

let browser: Browser;
let daemon: ScriptedDaemon;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
});
beforeEach(() => {
  daemon = startScriptedDaemon();
});
afterEach(async () => {
  await daemon.stop();
});

const longName = "an_unusually_long_pattern_or_strategy_name_without_any_place_to_break_it";

/** Every kind of row there is, and the longest words a source may send. */
const full: OverviewShape = anOverview({
  demo: true,
  signals: [
    aSignal({ id: "1" }),
    aSignal({
      id: "2",
      symbol: "1000000MOGUSDT:USDT-PERPETUAL-LINEAR",
      direction: "short",
      score: 19,
      strength: 81,
      price: 0.000012345,
      decision: "cap",
      strategy: longName,
    }),
    aSignal({ id: "3", symbol: "LINKUSDT", direction: "neutral", score: 52, strength: 4, decision: "below-threshold" }),
    aSignal({
      id: "4",
      symbol: "DOGEUSDT",
      direction: "exit",
      score: null,
      strength: null,
      reliability: null,
      price: null,
      decision: "unscored",
      undated: true,
    }),
    ...(["cooldown", "silenced", "inhibited", "late", "unreliable", "duplicate"] as const).map((decision, n) =>
      aSignal({ id: `d${n}`, symbol: "ETHUSDT", decision, received_at: secondsAgo(600 + n) }),
    ),
  ],
  alerts: [
    anAlert({ id: "1" }),
    anAlert({ id: "2", kind: "state", type: "SYSTEM", message: "Trading engine silent 94 s, expected every 60 s" }),
    anAlert({ id: "3", priority: "medium", state: "acknowledged", message: longName.repeat(3) }),
    anAlert({ id: "4", priority: "low", kind: "state", state: "resolved", source: null }),
  ],
  alpha_opportunities: [
    anOpportunity({ id: "1" }),
    anOpportunity({
      id: "2",
      symbol: "SUIUSDT",
      pattern: longName,
      confidence: null,
      alpha_potential: null,
      risk_level: null,
      decision: "cooldown",
      stale: true,
    }),
  ],
  market: {
    active_pairs: 47,
    avg_volume: 2.8e9,
    total_volume: 131.6e9,
    market_cap: null,
    volatility: 3.2,
    realised_volatility: 41,
    average_change: 2.4,
    robust_change: 2.4,
    outliers: [],
    advancers: 31,
    decliners: 13,
    regime: "BULLISH",
    last_updated: secondsAgo(12),
    source: "bybit",
    open_interest: null,
    btc_dominance: null,
    fear_and_greed: null,
    figures: [],
    age_seconds: 12,
    stale: false,
  },
  held_back: { cooldown: 3, cap: 1, silenced: 12_345, inhibited: 2 },
});

async function expectSound(screen: Screen, picture: string): Promise<void> {
  const { page, complaints } = await openPage(browser, screen.looks[0]);
  await page.goto(daemon.url);
  await page.locator(".top .state.live").waitFor();
  await page.locator("section.signals .none, section.signals tbody tr").first().waitFor();
  expect(await page.locator("[style]").count()).toBe(0);
  expect(await faultsOnEachScreen(page, screen, picture)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
}

for (const screen of screens) {
  describe(screen.name, () => {
    test("an empty desk says no data in every panel", async () => {
      await expectSound(screen, "empty");
    });

    test("a degraded desk with progress to show", async () => {
      daemon.change({
        overview: { ...full, system_status: aStatus("degraded") },
        readiness: {
          status: "ready",
          code: null,
          sources: [{ name: longName, state: "unreachable", read: 0, total: 0, why: longName }],
        },
      });
      await expectSound(screen, "degraded");
    });
  });
}

test("without the page's own colours the focus, the chosen tab and what is unread have lines of their own", async () => {
  const read = { ...defaultPreferences, alerts_seen_at: secondsAgo(3600) };
  daemon.change({ overview: full, answers: { "/api/preferences": read } });
  const { page } = await openPage(browser, looks[0]);
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(daemon.url);
  await page.locator("section.alerts .is-unread").first().waitFor();
  await page.keyboard.press("j");
  await page.locator("section.signals :focus-visible").waitFor();
  const lines = await page.evaluate(() => {
    const root = document.documentElement;
    const styleOf = (what: string, part?: string) => getComputedStyle(root.querySelector(what) ?? root, part);
    const edges = (what: string) => [styleOf(what).borderTopColor, styleOf(what).borderBottomColor];
    return {
      ground: styleOf(".top").backgroundColor,
      unread: styleOf("section.alerts .is-unread").outlineStyle,
      focus: styleOf("section.signals .opens:focus-visible", "::after").outlineStyle,
      pressed: styleOf(".segmented [aria-pressed=true]").outlineStyle,
      here: edges(".tabs > a[aria-current]"),
      elsewhere: [...edges(".tabs > a:not([aria-current])"), ...edges(".tabs .menu")],
    };
  });
  const { ground, here, elsewhere, ...marks } = lines;
  expect(marks).toEqual({ unread: "solid", focus: "solid", pressed: "solid" });
  expect(here[0]).toBe(ground);
  expect(here[1]).not.toBe(ground);
  expect(new Set(elsewhere)).toEqual(new Set([ground]));
  await page.context().close();
});

test("comfortable is roomier: rows, facts", async () => {
  daemon.change({ overview: full });
  const { page } = await openPage(browser, looks[0]);
  await page.goto(daemon.url);
  await page.locator("section.market .fact").first().waitFor();
  const heights = (density: string) =>
    page.evaluate((chosen) => {
      document.documentElement.dataset["density"] = chosen;
      return ["section.signals tbody tr", "section.market .fact"].map(
        (what) => document.querySelector(what)?.getBoundingClientRect().height ?? 0,
      );
    }, density);
  const compact = await heights("compact");
  const roomier = (await heights("comfortable")).map((height, n) => height - (compact[n] ?? 0));
  expect(roomier).toEqual([8, 8]);
  await page.context().close();
});
