import { join, resolve } from "node:path";
import { Database } from "bun:sqlite";
import { settingsOf } from "../../src/config/effective";
import { configSchema } from "../../src/config/schema";
import { Writer } from "../../src/writer";
import { bybit, exchangeSchema } from "../../src/exchange/config";
import { openExchange } from "../../src/exchange/open";
import { QuoteCache } from "../../src/scanners/quote-cache";
import { CoinNames } from "../../src/scanners/coin-names";
import { marketScanner } from "../../src/scanners/market";
import { CandleStore } from "../../src/store/candles";
import { StoreWriter } from "../../src/store/writer";
import { openForWriting } from "../../src/store/db";
import type { Benchmark } from "./benchmark";
import { medianRatio, percentile, spreadOf } from "./statistics";
import { spawnWorker } from "./worker";

const targetMs = 15;
const fixture = resolve(import.meta.dir, "../fixtures/market/bybit-linear-tickers.json");

/** CPU of this process, all its threads, ms; and the time on the clock. */
async function cpuOf(work: () => Promise<unknown>): Promise<{ cpuMs: number; wallMs: number }> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - startedAt };
}

export const benchmark: Benchmark = {
  name: "market-scan",
  question: "what CPU a scan of all of Bybit's linear pairs takes, from the answer's bytes to the committed view",
  async run({ smoke, folder, say }) {
    await using replica = spawnWorker("bybit-replica");
    const { port } = await replica.ask<{ port: number }>({ file: fixture });
    const url = `http://127.0.0.1:${port}`;
    using database = openForWriting(join(folder, "data"));
    const storeWriter = new StoreWriter(database, () => "bench");
    const settings = settingsOf(configSchema.parse({}), {}, [{ kind: "reports", name: "reports" }]);
    let commits = 0;
    const writer = new Writer({
      storeWriter,
      settings: () => settings,
      now: Date.now,
      elapsed: () => performance.now(),
      committed: () => commits++,
      faulted: (fault) => say(`the store says ${fault}`),
    });
    const exchange = await openExchange(exchangeSchema.parse(bybit({ url })), { now: Date.now, rateLimitMs: 0 });
    const quoteCache = new QuoteCache();
    const scope = { quote: "USDT", minTurnover: 1_000_000, top: 100, takerFee: 0.00055 };
    const deps = {
      quoteCache,
      cache: new CandleStore(database),
      now: Date.now,
      submit: (scan: Parameters<Parameters<typeof marketScanner>[2]["submit"]>[0]) =>
        writer.submit({ observation: scan, file: null }),
      coinNames: new CoinNames(),
      doubted: say,
      regimeBefore: () => null,
      clockRead: () => undefined,
    };
    const scanner = marketScanner(exchange, scope, deps, () => ({ intervalMs: 60_000, timeoutMs: 10_000 }));
    const never = new AbortController().signal;

    using plain = new Database(join(folder, "plain.db"));
    plain.run("PRAGMA journal_mode = WAL");
    plain.run("PRAGMA synchronous = FULL");
    plain.run("CREATE TABLE views (at INTEGER, view TEXT)");
    const keep = plain.prepare("INSERT INTO views VALUES (?, ?)");

    const rounds: { subject: number; baseline: number; wall: number; baselineWall: number }[] = [];
    for (let warm = 0; warm < (smoke ? 1 : 30); warm++) {
      await scanner.scan(never);
      await straightforward(url, keep);
    }
    for (let round = 0; round < (smoke ? 2 : 100); round++) {
      const subject = await cpuOf(() => scanner.scan(never));
      const baseline = await cpuOf(() => straightforward(url, keep));
      rounds.push({
        subject: subject.cpuMs,
        baseline: baseline.cpuMs,
        wall: subject.wallMs,
        baselineWall: baseline.wallMs,
      });
    }
    if (quoteCache.of("bybit")?.tickers.size !== 541)
      throw new Error(`541 tickers were expected, ${quoteCache.of("bybit")?.tickers.size ?? 0} came`);
    const cpu = rounds.map(({ subject }) => subject);
    say(
      `${quoteCache.of("bybit")?.view.activePairs ?? 0} active pairs of 541 tickers, ${commits} commits; ` +
        `on the clock ${spreadOf(rounds.map(({ wall }) => wall))}, straightforward ` +
        spreadOf(rounds.map(({ baselineWall }) => baselineWall)),
    );
    return [
      {
        what: "CPU of a scan of 541 tickers",
        subject: spreadOf(cpu),
        baseline: `fetch, JSON.parse, arrays, one INSERT: ${spreadOf(rounds.map(({ baseline }) => baseline))}`,
        ratio: medianRatio(rounds),
        target: `p50 at most ${targetMs} ms`,
        met: percentile(cpu, 0.5) <= targetMs,
      },
    ];
  },
};

interface Row {
  readonly symbol: string;
  readonly lastPrice: string;
  readonly price24hPcnt: string;
  readonly turnover24h: string;
  readonly fundingRate: string;
  readonly openInterestValue: string;
}

/** The same figures by arrays, as one would write them down: no checks, no rate limit, no errors, no alerts. */
async function straightforward(url: string, keep: { run(at: number, view: string): unknown }): Promise<void> {
  const answer = (await (await fetch(`${url}/v5/market/tickers?category=linear`)).json()) as {
    result: { list: Row[] };
  };
  const active = answer.result.list.filter(
    ({ symbol, turnover24h }) => symbol.endsWith("USDT") && Number(turnover24h) >= 1_000_000,
  );
  const changes = active.map(({ price24hPcnt }) => Number(price24hPcnt) * 100);
  const turnovers = active.map(({ turnover24h }) => Number(turnover24h));
  const mean = sum(changes) / changes.length;
  const dispersion = Math.sqrt(sum(changes.map((change) => (change - mean) ** 2)) / (changes.length - 1));
  const movers = active
    .map(({ symbol, price24hPcnt }) => ({ symbol, change: Number(price24hPcnt) * 100 }))
    .toSorted((a, b) => b.change - a.change);
  const view = {
    activePairs: active.length,
    totalVolume: sum(turnovers),
    mean,
    dispersion,
    advancers: changes.filter((change) => change > 0).length,
    decliners: changes.filter((change) => change < 0).length,
    openInterest: sum(active.map(({ openInterestValue }) => Number(openInterestValue))),
    funding:
      sum(active.map(({ fundingRate, turnover24h }) => Number(fundingRate) * Number(turnover24h))) / sum(turnovers),
    gainers: movers.slice(0, 5),
    losers: movers.slice(-5),
  };
  keep.run(Date.now(), JSON.stringify(view));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
