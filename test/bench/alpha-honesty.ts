import { markets } from "../core/alpha/simulated-market";
import type { Benchmark, Finding } from "./benchmark";
import { spawnWorker, type Worker } from "./worker";
import type { HonestyAnswer, HonestyCommand } from "./workers/alpha-honesty";

const seed = 21;
/** Symbols that are given a drift, of 100, and how often that is played. */
const plantedSymbols = 59;
const plantedRounds = 3;

export const benchmark: Benchmark = {
  name: "alpha-honesty",
  question:
    "how many opportunities a day alpha finds in 100 symbols on 4 timeframes where nothing is to be found, and how many of those planted",
  async run({ smoke, say }) {
    await using workers = new AsyncDisposableStack();
    const idle = [spawnWorker("alpha-honesty"), spawnWorker("alpha-honesty")].map((worker) => workers.use(worker));
    const days = smoke ? 0.05 : 30;
    const names = Object.keys(markets);
    const cells = names.map((market) => ({ market, seed, symbols: smoke ? 3 : 100, days, deviations: null }));
    const planted = [0.4, 0.5].flatMap((deviations) =>
      Array.from({ length: smoke ? 1 : plantedRounds }, (_, round) => ({
        market: "returns t(4)",
        seed: seed + round,
        symbols: plantedSymbols,
        days: 1,
        deviations,
      })),
    );
    const answers = await runAll(idle, [...cells, ...planted], ({ market, deviations }, { found }) =>
      say(`${market}${deviations === null ? "" : `, drift ${deviations}`}: ${JSON.stringify(found)}`),
    );
    return [
      ...cells.map(({ market }, index) => falseOf(market, sum(Object.values(answers[index]?.found ?? {})), days)),
      ...[
        { deviations: 0.4, asked: 44 },
        { deviations: 0.5, asked: 52 },
      ].map(({ deviations, asked }) =>
        foundOf(
          deviations,
          asked,
          planted.flatMap((each, index) =>
            each.deviations === deviations ? [answers[cells.length + index]?.symbols ?? 0] : [],
          ),
        ),
      ),
    ];
  },
};

/** Each worker takes the next question when it has answered one. */
async function runAll(
  workers: readonly Worker[],
  questions: readonly HonestyCommand[],
  answered: (question: HonestyCommand, answer: HonestyAnswer) => void,
): Promise<HonestyAnswer[]> {
  const answers: HonestyAnswer[] = [];
  const left = questions.entries();
  await Promise.all(
    workers.map(async (worker) => {
      for (const [index, question] of left) {
        const answer = await worker.ask<HonestyAnswer>(question);
        answers[index] = answer;
        answered(question, answer);
      }
    }),
  );
  return answers;
}

function falseOf(market: string, count: number, days: number): Finding {
  const max = market.startsWith("all together") ? 2 : 1;
  const [low, high] = boundsOf(count).map((bound) => (bound / days).toFixed(2));
  return {
    what: `false a day: ${market}`,
    subject: `${(count / days).toFixed(2)} (${count} in ${days} days, 90 % sure of ${low} to ${high})`,
    baseline: "",
    ratio: null,
    target: `at most ${max}`,
    met: Number(high) <= max,
  };
}

function foundOf(deviations: number, asked: number, found: readonly number[]): Finding {
  const share = sum(found) / (plantedSymbols * found.length);
  return {
    what: `a drift of ${deviations} deviations a minute over 250 minutes, t(4)`,
    subject: `found ${sum(found)} of ${plantedSymbols * found.length}`,
    baseline: "",
    ratio: null,
    target: `at least ${asked} of ${plantedSymbols}`,
    met: share >= asked / plantedSymbols,
  };
}

/** Of a Poisson count's mean, 90 % of the time, by Wilson and Hilferty's approximation. */
function boundsOf(count: number): [number, number] {
  return [Math.max(0, boundOf(count, -1.645)), boundOf(count + 1, 1.645)];
}

/** z: standard errors away, either side. */
function boundOf(count: number, z: number): number {
  return count === 0 ? 0 : count * (1 - 1 / (9 * count) + z / (3 * Math.sqrt(count))) ** 3;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
