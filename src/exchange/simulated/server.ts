import { binancePaths } from "./binance";
import { bybitPaths } from "./bybit";
import { figurePaths } from "./figures";
import type { SimulatedMarket } from "./market";
import { Troubles, type Trouble } from "./trouble";

/** Where the simulated exchange is, what was requested of it, and how it can be troubled. */
export interface SimulatedExchange extends AsyncDisposable {
  /** Scheme, host and port, for an exchange's `url`. */
  readonly url: string;
  readonly troubles: Troubles;
  /** Requests so far whose path contains this; all of them where left out. */
  requests(path?: string): number;
}

export interface SimulatedExchangeOptions {
  readonly market: SimulatedMarket;
  /** Epoch ms. */
  readonly now: () => number;
  /** A free one where left out. */
  readonly port?: number;
}

const paths = { ...bybitPaths, ...binancePaths, ...figurePaths };

/** Speaks Bybit's v5 and Binance's spot v3 on 127.0.0.1, with the prices of one simulated market. */
export function startSimulatedExchange({ market, now, port = 0 }: SimulatedExchangeOptions): SimulatedExchange {
  const troubles = new Troubles();
  const requests = new Map<string, number>();
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port,
    fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      requests.set(pathname, (requests.get(pathname) ?? 0) + 1);
      const trouble = troubles.meet(pathname);
      if (trouble !== null) return troubled(trouble, now(), request.signal);
      const answer = paths[pathname];
      return dated(
        answer === undefined
          ? new Response("no such path", { status: 404 })
          : answer({ parameters: searchParams, market, troubles, now: now() }),
        now(),
      );
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    troubles,
    requests: (path = "") =>
      [...requests].reduce((total, [pathname, count]) => total + (pathname.includes(path) ? count : 0), 0),
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

/** By its own clock: the simulated time, which need not be ours. */
function dated(answer: Response, now: number): Response {
  answer.headers.set("date", new Date(now).toUTCString());
  return answer;
}

function troubled(trouble: Trouble, now: number, gone: AbortSignal): Response | Promise<Response> {
  switch (trouble.kind) {
    case "status":
      return dated(
        new Response(trouble.body ?? "", {
          status: trouble.status,
          headers: trouble.retryAfter === undefined ? {} : { "retry-after": trouble.retryAfter },
        }),
        now,
      );
    case "garbage":
      return dated(new Response(trouble.body, { headers: { "content-type": "application/json" } }), now);
    case "hang":
      return new Promise((resolve) => gone.addEventListener("abort", () => resolve(new Response()), { once: true }));
    case "stall":
      return new Response(
        new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode('{"result":')) }),
      );
  }
}
