import { expect, setDefaultTimeout, test } from "bun:test";
import type { HealthShape } from "../../src/views/health";
import { until } from "../support/daemon";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";

setDefaultTimeout(30_000);

test("the overview is sent once: requested again with its tag it is 304, until something happened", async () => {
  await using story = await Story.begin();
  const ask = (tag?: string) =>
    fetch(`${story.daemon.url}/api/dashboard/overview?timeframe=1h`, {
      headers: tag === undefined ? {} : { "if-none-match": tag },
    });
  const first = await ask();
  const tag = first.headers.get("etag") ?? "";
  expect(first.status).toBe(200);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  const again = await ask(tag);
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
  expect(again.headers.get("etag")).toBe(tag);
  expect((await ask(`"another", ${tag.slice(2)}`)).status).toBe(304);
  expect((await ask("*")).status).toBe(304);
  await story.at("1s").report(aSignal());
  const changed = await until("the change", async () => {
    const response = await ask(tag);
    return response.status === 200 && response;
  });
  expect(changed && changed.headers.get("etag")).not.toBe(tag);
});

test("ages and times alone change no tag", async () => {
  await using story = await Story.begin();
  await story.at("0s").report({
    name: "market_report_1.json",
    body: (now) => ({
      timestamp: now,
      market_overview: { regime: "Bullish", average_change: 1 },
      bitcoin_beta_analysis: { alpha_opportunities: [] },
    }),
  });
  const ask = async () => {
    const response = await fetch(`${story.daemon.url}/api/dashboard/overview`);
    return {
      tag: response.headers.get("etag"),
      body: (await response.json()) as { timestamp: string; market: { age_seconds: number } },
    };
  };
  const first = await until("the market", async () => {
    const each = await ask();
    return each.body.market.age_seconds !== null && each;
  });
  story.at("10s");
  const later = await until("a later one", async () => {
    const each = await ask();
    return each.body.market.age_seconds === 10 && each;
  });
  expect(later && later.tag).toBe(first && first.tag);
});

test("health says whether the last overview came from prepared bytes", async () => {
  await using story = await Story.begin();
  const overview = () => story.get("/api/dashboard/overview?timeframe=7d");
  await overview();
  expect((await story.get<HealthShape>("/api/dashboard/health")).cache_status).toBe("miss");
  await overview();
  expect((await story.get<HealthShape>("/api/dashboard/health")).cache_status).toBe("hit");
});

test("what belongs to an account is kept by no cache that others share, and secrets by none", async () => {
  await using story = await Story.begin();
  const cacheControl = async (path: string, init: RequestInit = {}) =>
    (await fetch(`${story.daemon.url}${path}`, init)).headers.get("cache-control");
  for (const path of [
    "/api/auth/me",
    "/api/preferences",
    "/api/tokens",
    "/api/auth/sessions",
    "/api/dashboard/config",
    "/api/dashboard/overview",
  ])
    expect({ path, cacheControl: await cacheControl(path) }).toEqual({ path, cacheControl: "private, no-cache" });
  const made = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"name":"machine","role":"viewer"}',
  };
  expect(await cacheControl("/api/tokens", made)).toBe("no-store");
  for (const path of ["/api/nothing", "/api/preferences?colour=red"])
    expect({ path, cacheControl: await cacheControl(path) }).toEqual({ path, cacheControl: "no-store" });
});

test("the settings carry a tag that follows them", async () => {
  await using story = await Story.begin();
  const tag = async () => (await fetch(`${story.daemon.url}/api/dashboard/config`)).headers.get("etag");
  const before = await tag();
  const knowing = { headers: { "if-none-match": before ?? "" } };
  expect((await fetch(`${story.daemon.url}/api/dashboard/config`, knowing)).status).toBe(304);
  expect((await fetch(`${story.daemon.url}/api/dashboard/config?origins=1`, knowing)).status).toBe(200);
  expect(await tag()).toBe(before);
  await story.at("1s").change({ signals: { min_score: 70 } });
  expect(await tag()).not.toBe(before);
  await story.at("2s").change({ signals: { min_score: 65 } });
  expect(await tag()).toBe(before);
});
