import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Figure } from "../../src/core/figure";
import { figureScanner } from "../../src/scanners/figures";

let answer = (): Response => Response.json({});
let url = "";
let server: ReturnType<typeof Bun.serve>;
beforeAll(() => {
  server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => answer() });
  url = server.url.href;
});
afterAll(() => server.stop(true));

const times = () => ({ intervalMs: 60_000, timeoutMs: 1000 });
const paths = {
  market_cap: "data.total_market_cap.usd",
  btc_dominance: undefined,
  fear_and_greed: "data.list.0.value",
};

async function read(): Promise<readonly Figure[]> {
  const received: Figure[] = [];
  await figureScanner(
    { name: "site", url, paths },
    { now: () => 5, onFigures: (figures) => received.push(...figures) },
    times,
  ).scan(new AbortController().signal);
  return received;
}

test("each figure from its path, numbers as text too, with its source and time", async () => {
  answer = () => Response.json({ data: { total_market_cap: { usd: 3.2e12 }, list: [{ value: "61" }] } });
  expect(await read()).toEqual([
    { name: "market_cap", value: 3.2e12, source: "site", at: 5 },
    { name: "fear_and_greed", value: 61, source: "site", at: 5 },
  ]);
});

test.each([
  ["nothing at the path", () => Response.json({ data: {} }), "there is no number at data.total_market_cap.usd"],
  [
    "a number that cannot be right",
    () => Response.json({ data: { total_market_cap: { usd: 1 }, list: [{ value: 900 }] } }),
    "900 at data.list.0.value cannot be a fear and greed",
  ],
  ["no JSON", () => new Response("<html>"), "it answered with something that is no JSON"],
  ["an error", () => new Response("", { status: 429 }), "it answered 429"],
  [
    "an empty text",
    () => Response.json({ data: { total_market_cap: { usd: " " }, list: [] } }),
    "there is no number at data.total_market_cap.usd",
  ],
  [
    "hexadecimal",
    () => Response.json({ data: { total_market_cap: { usd: "0x10" }, list: [] } }),
    "there is no number at data.total_market_cap.usd",
  ],
])("%s is a failed scan, not a figure", async (_, answered, message) => {
  answer = answered;
  expect(read()).rejects.toThrow(message);
});
