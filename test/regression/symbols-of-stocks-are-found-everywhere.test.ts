import { expect, test } from "bun:test";
import type { ListOf } from "../../src/views/page";
import type { SignalShape } from "../../src/views/signals";
import { aSignal } from "../support/reports";
import { alert, Story } from "../support/story";

const symbols = ["M&M-EQ", "^NSEI", "ES1!", "GC=F", "BRK.B", "BRK/B"];

test("what stocks, indices and continuous futures are called is raised, filtered by, searched for, exported and opened", async () => {
  await using story = await Story.begin({ config: `export default { monitoring: { max_alerts: 20 } };` });
  for (const [index, symbol] of symbols.entries())
    await story.at("0s").report(aSignal({ symbol, name: `${index}.json` }));
  await story.at("1s").expect(...symbols.map((symbol) => alert("SIGNAL", symbol)));
  const csv = await (await fetch(`${story.daemon.url}/api/signals?format=csv`)).text();
  for (const symbol of symbols) {
    const asked = encodeURIComponent(symbol);
    for (const query of [`symbol=${asked}`, `symbol=${encodeURIComponent(symbol.toLowerCase())}`, `q=${asked}`]) {
      const { items } = await story.get<ListOf<SignalShape>>(`/api/signals?${query}`);
      expect({ query, found: items.map((each) => each.symbol) }).toEqual({
        query,
        found: query.startsWith("q=BRK") ? ["BRK/B", "BRK.B"] : [symbol],
      });
    }
    expect(await story.get<{ symbol: string }>(`/api/symbols/${asked}`)).toMatchObject({ symbol });
    expect((await fetch(`${story.daemon.url}/symbols/${asked}`)).status).toBe(200);
    expect(csv).toContain(`,${symbol},`);
  }
});
