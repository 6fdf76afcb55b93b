import { describe, expect, test } from "bun:test";
import { directionOf } from "../../../src/ingest/read/direction-words";
import { aReport, refusalOf, signalOf } from "./given";

const bare = { ...aReport, signal: undefined };

describe("that a position is closed or reduced wins over the side it names", () => {
  test.each([
    // As they were met.
    [{ action: "exit", direction: "Long" }, "exit"],
    [{ type: "exit_fill", direction: "Short" }, "exit_fill"],
    // freqtrade
    [{ type: "exit", direction: "Long", signal: "BUY" }, "exit"],
    [{ signal: "SELL", exit_reason: "stop_loss" }, "stop_loss"],
    [{ signal: "SELL", sell_reason: "roi" }, "roi"],
    // 3Commas
    [{ action: "exit_long" }, "exit_long"],
    [{ action: "exit_short", signal: "BUY" }, "exit_short"],
    [{ signal: "SELL", strategy_info: { market_position: "flat" } }, "flat"],
    [{ signal: "SELL", strategy_info: { market_position_size: "0" } }, "market_position_size"],
    [{ signal: "SELL", market_position_size: 0 }, "market_position_size"],
    // TradingView
    [{ action: "sell", market_position: "flat", prev_market_position: "long" }, "flat"],
    [{ action: "sell", market_position: "long", prev_market_position: "long" }, "sell"],
    [{ action: "buy", strategy: { market_position: "short" } }, "buy"],
    [{ action: "sell", order_id: "Close entry(s) order Long" }, "Close entry(s) order Long"],
    [{ action: "sell", order_comment: "TP1" }, "TP1"],
    [{ action: "sell", comment: "SL hit" }, "SL hit"],
    // Exchanges
    [{ signal: "SELL", reduceOnly: true }, "reduceOnly"],
    [{ signal: "SELL", params: { reduceOnly: "true" } }, "reduceOnly"],
    [{ signal: "SELL", reduceOnly: "1" }, "reduceOnly"],
    [{ signal: "SELL", order: { reduce_only: 1 } }, "reduce_only"],
    [{ signal: "BUY", closePosition: "true" }, "closePosition"],
    [{ signal: "BUY", isExit: " Yes " }, "isExit"],
    [{ signal: "SELL", positionSide: "LONG" }, "SELL"],
    [{ signal: "BUY", posSide: "short" }, "BUY"],
    [{ signal: "SELL", type: "STOP_LOSS" }, "STOP_LOSS"],
    [{ signal: "SELL", type: "TAKE_PROFIT_MARKET" }, "TAKE_PROFIT_MARKET"],
    [{ signal: "SELL", order_type: "TRAILING_STOP_MARKET" }, "TRAILING_STOP_MARKET"],
    [{ signal: "BUY", instruction: "BUY_TO_COVER" }, "BUY_TO_COVER"],
    [{ signal: "SELL", position_intent: "sell_to_close" }, "sell_to_close"],
    [{ direction: "long", offset: "CLOSETODAY" }, "CLOSETODAY"],
    [{ signal: "BUY", status: "closed" }, "closed"],
    [{ signal: "BUY", status: "liquidated" }, "liquidated"],
    [{ signal: "BUY", event: "position_closed" }, "position_closed"],
    [{ signal: "BUY", event: "tp_hit" }, "tp_hit"],
  ])("%p", (body, word) => {
    const signal = signalOf({ ...bare, ...body });
    expect(signal).toMatchObject({ direction: "exit", strength: null });
    expect(signal.word).toBe(word);
  });

  test.each([
    ["close"],
    ["Closed"],
    ["flat"],
    ["FLATTEN"],
    ["exitLong"],
    ["close_short"],
    ["close all positions"],
    ["closePosition"],
    ["SELL_TO_CLOSE"],
    ["buy to cover"],
    ["take_profit"],
    ["TakeProfit"],
    ["tp1"],
    ["TP2 hit"],
    ["sl"],
    ["stop loss hit"],
    ["stopped out"],
    ["stop out"],
    ["trailing stop"],
    ["target 2 hit"],
    ["partial close"],
    ["close 50%"],
    ["reduce"],
    ["reduce long"],
    ["trim"],
    ["scale out"],
    ["square off"],
    ["book profit"],
    ["liquidation"],
    ["unwind long"],
    ["long exit filled"],
    ["close long open short"],
  ])("%s alone says so too", (signal) => {
    for (const key of ["signal", "action", "type", "direction"])
      expect(signalOf({ ...bare, [key]: signal })).toMatchObject({ direction: "exit", word: signal });
  });
});

test.each([
  [{ signal: "cancel" }],
  [{ signal: "BUY", action: "cancel" }],
  [{ type: "entry_cancel", direction: "Long" }],
  [{ type: "exit_cancel", direction: "Long" }],
  [{ signal: "SELL", status: "Cancelled" }],
  [{ signal: "SELL", event: "order.canceled" }],
  [{ signal: "BUY", order: { status: "rejected" } }],
  [{ action: "cancel_all" }],
  [{ action: "exit", status: "canceled" }],
])("what is called off is neither a side nor an exit: %p", (body) => {
  expect(signalOf({ ...bare, ...body }).direction).toBe("neutral");
});

describe("an entry stays one", () => {
  test.each([
    [{ action: "enter_long" }, "long"],
    [
      {
        action: "enter_short",
        strategy_info: {
          market_position: "short",
          market_position_size: "0.5",
          prev_market_position: "flat",
          prev_market_position_size: "0",
        },
      },
      "short",
    ],
    [{ type: "entry_fill", direction: "Short" }, "short"],
    [{ type: "entry", direction: "Long" }, "long"],
    [{ action: "open", direction: "long" }, "long"],
    [{ signal: "STRONG_BUY" }, "long"],
    [{ signal: "sell to open" }, "short"],
    [
      {
        signal: "BUY",
        exit_reason: null,
        reduceOnly: false,
        closePosition: "false",
        status: "open",
        market_position: "long",
        positionSide: "BOTH",
      },
      "long",
    ],
    [
      {
        signal: "BUY",
        exit_reason: "",
        take_profit: 2,
        stop_loss: 1,
        close: 1,
        exit: 1,
        exit_conditions: ["close below MA"],
      },
      "long",
    ],
    [
      { signal: "BUY", order_type: "limit", type: "scalp", comment: "do not close before the news", event: "breakout" },
      "long",
    ],
    [{ signal: "BUY", position: "flat" }, "long"],
    [{ signal: "SELL", order_comment: "Long" }, "short"],
    [{ signal: "HOLD", market_position: "long" }, "neutral"],
    [{ signal: "BUY", positionSide: "neutral" }, "long"],
    [{ signal: "BUY", direction: "short", market_position: "long" }, "long"],
  ] as const)("%p is %s", (body, direction) => {
    expect(signalOf({ ...bare, ...body }).direction).toBe(direction);
  });
});

describe("never a guess", () => {
  test.each([
    ["BUY or SELL"],
    ["not BUY"],
    ["BUY?"],
    ["не BUY"],
    ["BUY on close"],
    ["long / short"],
    ["BUY 3"],
    ["no exit"],
  ])("%s", (signal) => {
    expect(refusalOf({ ...bare, signal }).reason).toBe("unknown-direction");
  });

  test.each([["entry"], ["open"], ["order filled"]])("%s names no side", (action) => {
    expect(["no-direction", "unknown-direction"]).toContain(refusalOf({ ...bare, action }).reason);
  });
});

test("a name means an exit wherever it stands in it", () => {
  expect(
    signalOf({ symbol: "BTCUSDT", score: 80 }, { path: "btcusdt_LONG_closed_20250726_012640.json" }).direction,
  ).toBe("exit");
  expect(
    signalOf({ symbol: "BTCUSDT", score: 80 }, { path: "btcusdt_LONG_70p5_TP1_20250726_012640.json" }).direction,
  ).toBe("exit");
  expect(signalOf({ symbol: "BTCUSDT", score: 80 }, { path: "btcusdt_LONG_70p5_20250726_012640.json" }).direction).toBe(
    "long",
  );
});

const words = (text: string) => text.split(" ").map((word) => [word]);

describe("every word for it, alone and beside a side", () => {
  test.each(
    words(
      "exit exits exited exiting close closes closed closing closetoday closeyesterday closeall flat " +
        "flatten flattened cover covered covering reduce reduced reducing reduceonly trim trimmed trimming " +
        "unwind unwound liquidate liquidated liquidation stopped stopout stoploss takeprofit takeprofits " +
        "squareoff selloff deleverage deleveraged adl tp tp1 tp2hit sl slhit tsl tsl1",
    ),
  )("%s is an exit", (word) =>
    expect([directionOf(word), directionOf(`${word} long`), directionOf(`LONG_${word}`)]).toEqual([
      "exit",
      "exit",
      "exit",
    ]),
  );

  test.each(
    words(
      "cancel canceled cancelled cancels canceling cancelling cancellation cancelall abort aborted " +
        "reject rejected expired invalidated void voided",
    ),
  )("%s is neither", (word) =>
    expect([directionOf(word), directionOf(`${word} long`), directionOf(`exit ${word}`)]).toEqual([
      "neutral",
      "neutral",
      "neutral",
    ]),
  );

  test.each(words("enter entered entry entries open opened opening add strong go"))("%s is its side", (word) =>
    expect([directionOf(word), directionOf(`${word} long`), directionOf(`short ${word}`)]).toEqual([
      null,
      "long",
      "short",
    ]),
  );

  test.each([
    ["take profit"],
    ["taking profits"],
    ["profit taken"],
    ["book profit"],
    ["booked profits"],
    ["booking profit"],
    ["stop loss"],
    ["stop losses"],
    ["stop out"],
    ["stop hit"],
    ["trailing stop"],
    ["trail stop"],
    ["target hit"],
    ["targets reached"],
    ["target 3 done"],
    ["square off"],
    ["squared off"],
    ["scale out"],
    ["scaled out"],
    ["scaling out"],
    ["break even hit"],
    ["breakeven hit"],
    ["sell off"],
    ["close 12.5%"],
    [" exit "],
    ["Close entry(s) order Short"],
  ])("%s is an exit", (text) => expect(directionOf(text)).toBe("exit"));
});
