import { expect, test } from "bun:test";
import { binance, bybit, exchangeSchema } from "../../src/exchange/config";
import { openExchange } from "../../src/exchange/open";
import { failureOf } from "./loopback";

test("without a word: Bybit's linear perpetuals and Binance's spot market", () => {
  expect(exchangeSchema.parse(bybit())).toEqual({
    kind: "exchange",
    id: "bybit",
    name: "bybit",
    market: "linear",
    quote: "USDT",
    top: 100,
    minTurnover: 1_000_000,
    timeoutMs: 10_000,
    assets: { map: {}, exclude: [] },
    fees: { taker: 0.00055 },
  });
  expect(exchangeSchema.parse(binance())).toMatchObject({
    id: "binance",
    name: "binance",
    market: "spot",
    fees: { taker: 0.001 },
  });
});

test("what is given is kept", () => {
  const given = {
    name: "second",
    market: "spot",
    quote: "USDC",
    url: "http://127.0.0.1:4000",
    top: 20,
    fees: { taker: 0 },
  } as const;
  expect(exchangeSchema.parse(bybit(given))).toMatchObject(given);
});

test.each([
  { top: 0 },
  { quote: "usdt" },
  { url: "ftp://somewhere" },
  { url: "nowhere" },
  { name: "Has Spaces" },
  { fees: { taker: 2 } },
  { market: "inverse" },
  { assets: { map: { luna: "LUNA2" } } },
  { assets: { rename: {} } },
  { apiKey: "secret" },
])("refused: %p", (wrong) => {
  expect(exchangeSchema.safeParse({ ...bybit(), ...wrong }).success).toBe(false);
});

test("an unknown exchange is not opened", async () => {
  expect(
    await failureOf(openExchange(exchangeSchema.parse({ ...bybit(), id: "nosuchexchange" }), { now: () => 0 })),
  ).toMatchObject({ message: "exchange bybit: there is no exchange nosuchexchange" });
});
