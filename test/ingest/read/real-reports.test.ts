import { expect, test } from "bun:test";
import { fixture, fixtureNames, onlySignal, readBytes } from "./given";

const names = fixtureNames("reports");
/** Five of them put 0 where they do not know a price. */
const known = (price: number | null | undefined) => price || null;
const words: Readonly<Record<string, string>> = {
  BUY: "long",
  BULLISH: "long",
  SELL: "short",
  BEARISH: "short",
  NEUTRAL: "neutral",
};

test("all of them are here", () => {
  expect(names).toHaveLength(137);
});

test.each(names)("%s", (name) => {
  const bytes = fixture("reports", name);
  const body = JSON.parse(new TextDecoder().decode(bytes));
  const signal = onlySignal(readBytes(bytes, { path: name }));
  expect(signal).toMatchObject({
    symbol: body.symbol,
    symbolAsWritten: body.symbol,
    word: body.signal_type,
    direction: words[body.signal_type],
    score: body.confluence_score,
    reliability: body.reliability,
    price: known(body.price),
    observedAt: body.timestamp,
    datedBy: "body",
  });
  expect(signal.plan?.entry ?? null).toBe(known(body.trade_params.entry_price));
  expect(signal.plan?.stop ?? null).toBe(known(body.trade_params.stop_loss));
  expect((signal.plan?.targets ?? []).map((target) => target.price)).toEqual(
    (body.trade_params.targets ?? []).map((target: { price: number }) => target.price),
  );
  expect(
    Object.fromEntries(signal.components.filter(({ score }) => score !== null).map(({ name, score }) => [name, score])),
  ).toEqual(body.components);
  expect(
    Object.fromEntries(
      signal.components.filter(({ weight }) => weight !== null).map(({ name, weight }) => [name, weight]),
    ),
  ).toEqual(body.weights ?? {});
});
