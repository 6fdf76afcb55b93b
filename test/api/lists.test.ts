import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { csvCell } from "../../src/api/export";
import type { ListOf } from "../../src/views/page";
import type { SignalShape } from "../../src/views/signals";
import { aReport, aSignal } from "../support/reports";
import { Story } from "../support/story";

setDefaultTimeout(30_000);

/** Every page of a list, one after the other. */
async function pages<T>(story: Story, path: string, each?: (page: number) => Promise<void>): Promise<T[]> {
  const items: T[] = [];
  let next: string | null = "";
  for (let page = 0; next !== null; page++) {
    const part: ListOf<T> = await story.get(
      `${path}${path.includes("?") ? "&" : "?"}limit=7${next === "" ? "" : `&cursor=${next}`}`,
    );
    expect(part.items.length).toBeLessThanOrEqual(7);
    items.push(...part.items);
    next = part.next_cursor;
    await each?.(page);
  }
  return items;
}

const many = (now: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    symbol: `C${index}USDT`,
    signal: "BUY",
    score: 66 + (index % 30),
    timestamp: now - (index % 5) * 1000,
    signal_id: `m${index}`,
  }));

test("times are ISO 8601 everywhere, in what is known of a signal too", async () => {
  await using story = await Story.begin();
  const expires = new Date(story.now + 3_600_000).toISOString();
  await story
    .at("0s")
    .report(
      aReport("one.json", { symbol: "BTCUSDT", signal: "BUY", score: 80, timestamp: story.now, expires_at: expires }),
    );
  const [signal] = (await story.get<ListOf<SignalShape>>("/api/signals")).items;
  expect(await story.get(`/api/signals/${signal?.id ?? ""}`)).toMatchObject({
    timestamp: signal?.timestamp,
    known: { observedAt: signal?.timestamp, expiresAt: expires },
  });
});

test("the change feed says from where on it is whole", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal());
  const { oldest, items } = await story.get<{ oldest: number; items: { seq: number }[] }>("/api/events?after=0");
  expect(items[0]?.seq).toBe(oldest);
});

describe("pages", () => {
  test("cover everything exactly once, newest first, though many share one moment", async () => {
    await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 100 } };" });
    await story.at("0s").report(aReport("first.json", many(story.now, 60)));
    await story.at("1s").report(aSignal({ symbol: "LASTUSDT" }));
    for (const list of ["signals", "signals?by=observed", "alerts", "decisions"]) {
      const items = await pages<{ id: string; timestamp: string; symbol: string }>(story, `/api/${list}`);
      expect({ list, count: new Set(items.map(({ id }) => id)).size, length: items.length }).toEqual({
        list,
        count: 61,
        length: 61,
      });
      expect(items[0]?.symbol).toBe("LASTUSDT");
      if (list !== "signals")
        expect(items.map(({ timestamp }) => timestamp)).toEqual(
          items.map(({ timestamp }) => timestamp).toSorted((a, b) => (a < b ? 1 : -1)),
        );
    }
  });

  test("what comes in between two pages is not in the later ones, and pushes nothing out", async () => {
    await using story = await Story.begin();
    await story.at("0s").report(aReport("first.json", many(story.now, 40)));
    const items = await pages<SignalShape>(story, "/api/signals", async (page) => {
      if (page < 3) await story.at(`${page + 1}s`).report(aSignal({ symbol: "NEWUSDT" }));
    });
    expect(items.map(({ symbol }) => symbol).toSorted()).toEqual(
      many(0, 40)
        .map(({ symbol }) => symbol)
        .toSorted(),
    );
  });

  test("filters mean what they say, and times are of receipt", async () => {
    await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 100 } };" });
    await story
      .at("0s")
      .report(aSignal({ symbol: "AUSDT", strength: 90, more: { strategy: "fast breakout", timeframe: "4h" } }));
    await story.at("1h").report(aSignal({ symbol: "BUSDT", direction: "short", strength: 70, agoMs: 3_600_000 * 2 }));
    await story.at("2h").report(aSignal({ symbol: "CUSDT", strength: 77 }));
    const symbols = async (query: string) =>
      (await story.get<ListOf<SignalShape>>(`/api/signals?${query}`)).items.map(({ symbol }) => symbol);
    expect(await symbols("")).toEqual(["CUSDT", "BUSDT", "AUSDT"]);
    expect(await symbols("by=observed")).toEqual(["CUSDT", "AUSDT", "BUSDT"]);
    expect(await symbols("since=90m")).toEqual(["CUSDT", "BUSDT"]);
    expect(await symbols("until=2026-03-02T12:30:00Z")).toEqual(["AUSDT"]);
    expect(await symbols("since=2026-03-02T13:00:00.000Z&until=30m")).toEqual(["BUSDT"]);
    expect(await symbols("symbol=busdt")).toEqual(["BUSDT"]);
    expect(await symbols("direction=short")).toEqual(["BUSDT"]);
    expect(await symbols("min_strength=77")).toEqual(["CUSDT", "AUSDT"]);
    expect(await symbols("timeframe=4h")).toEqual(["AUSDT"]);
    expect(await symbols("q=breakout")).toEqual(["AUSDT"]);
    expect(await symbols("q=break")).toEqual(["AUSDT"]);
    expect(await symbols(`q=${encodeURIComponent('"breakout OR *')}`)).toEqual([]);
    expect(await symbols("source=elsewhere")).toEqual([]);
    const alerts = async (query: string) =>
      (await story.get<ListOf<{ symbol: string }>>(`/api/alerts?${query}`)).items.map(({ symbol }) => symbol);
    expect(await alerts("min_priority=medium")).toEqual(["CUSDT", "AUSDT"]);
    expect(await alerts("priority=high&type=SIGNAL&state=open")).toEqual(["AUSDT"]);
    expect(await alerts("q=CUSDT")).toEqual(["CUSDT"]);
    expect(await alerts("symbol=ausdt&source=reports")).toEqual(["AUSDT"]);
    expect(await alerts("source=elsewhere")).toEqual([]);
    expect(await alerts("since=90m")).toEqual(["CUSDT"]);
    expect([await alerts("since=2026-03-02T14:00:00.000Z"), await alerts("until=2026-03-02T14:00:00.000Z")]).toEqual([
      ["CUSDT"],
      ["AUSDT"],
    ]);
    const words = async (query: string) =>
      (await story.get<ListOf<{ word: string }>>(`/api/decisions?${query}`)).items.map(({ word }) => word);
    expect(await words("outcome=raised")).toEqual(["raised", "raised"]);
    expect(await words("verdict=late")).toEqual(["late"]);
    expect(await words("outcome=held")).toEqual([]);
    expect(await words("since=2026-03-02T13:00:00.000Z&until=2026-03-02T14:00:00.000Z")).toEqual(["late"]);
    expect(await words("symbol=busdt")).toEqual(["late"]);
    expect(await story.get<unknown[]>("/api/dashboard/alerts/recent?limit=1")).toMatchObject([{ symbol: "CUSDT" }]);
  });
});

describe("downloads", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@cmd", "'@cmd"],
    ["＝1+1", "'＝1+1"],
    ["＋1", "'＋1"],
    ["－1", "'－1"],
    ["＠cmd", "'＠cmd"],
    ["\n=1", '"\'\n=1"'],
    ["\tx", "'\tx"],
    ["\rx", '"\'\rx"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ["a,b", '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ["two\nlines", '"two\nlines"'],
    ["plain", "plain"],
    [-1.5, "-1.5"],
    [null, ""],
    [true, "true"],
  ])("the cell %p is written %p", (value, written) => {
    expect(csvCell(value)).toBe(written);
  });

  test("a formula in a report reaches no spreadsheet as one", async () => {
    await using story = await Story.begin();
    await story
      .at("0s")
      .report(aSignal({ name: "=cmd.json", more: { strategy: '=HYPERLINK("http://evil.example")' } }));
    const response = await fetch(`${story.daemon.url}/api/signals?format=csv`);
    expect(response.headers.get("content-type")).toContain("text/csv");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="signals.csv"');
    const [header, row, end] = (await response.text()).split("\r\n");
    expect(header?.split(",").slice(0, 4)).toEqual(["id", "symbol", "signal", "direction"]);
    expect(row).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(row).toContain(",'=cmd.json,");
    expect(end).toBe("");
  });

  test("the whole filter is streamed, up to the configured number of rows", async () => {
    await using story = await Story.begin({ config: "export default { export: { maxRows: 530 } };" });
    await story.at("0s").report(aReport("first.json", many(story.now, 600)));
    const lines = (await (await fetch(`${story.daemon.url}/api/signals?format=jsonl`)).text()).trimEnd().split("\n");
    const ids = lines.map((line) => (JSON.parse(line) as SignalShape).id);
    expect(ids).toHaveLength(530);
    expect(new Set(ids).size).toBe(530);
    const filtered = await (await fetch(`${story.daemon.url}/api/signals?format=jsonl&symbol=C7USDT`)).text();
    expect(filtered.trimEnd().split("\n")).toHaveLength(1);
    expect(await (await fetch(`${story.daemon.url}/api/alerts?format=jsonl&symbol=NOUSDT`)).text()).toBe("");
  });
});
