import { readFileSync } from "node:fs";
import { answerQuestions } from "../worker";

interface Row {
  readonly symbol: string;
  readonly deliveryTime: string;
}

/** What Bybit lists beside such tickers. */
function instrumentOf({ symbol, deliveryTime }: Row): object {
  const quoteCoin = symbol.endsWith("USDT") ? "USDT" : "USDC";
  const baseCoin = symbol.replace(/(USDT|PERP|-\d{2}[A-Z]{3}\d{2})$/, "");
  return {
    symbol,
    baseCoin,
    quoteCoin,
    settleCoin: quoteCoin,
    status: "Trading",
    contractType: deliveryTime === "0" ? "LinearPerpetual" : "LinearFutures",
    deliveryTime,
    launchTime: "1585526400000",
  };
}

/** Answers as Bybit did: the same bytes for every question about tickers; prints its port. */
answerQuestions<{ readonly file: string }>(({ file }) => {
  const bytes = readFileSync(file);
  const { result } = JSON.parse(bytes.toString()) as { result: { list: Row[] } };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.endsWith("/tickers"))
        return new Response(bytes, { headers: { "content-type": "application/json" } });
      return Response.json({
        retCode: 0,
        retMsg: "OK",
        result: {
          category: "linear",
          list: searchParams.has("status") ? [] : result.list.map(instrumentOf),
          nextPageCursor: "",
        },
      });
    },
  });
  return { port: server.port };
});
