/** Meaning -> the keys it is met under, the first given one wins; a dot goes one object deeper. */
export const usualKeys = {
  symbol: ["symbol", "pair", "ticker"],
  direction: ["signal", "signal_type", "type", "direction", "action"],
  score: ["score", "confluence_score"],
  reliability: ["reliability"],
  time: ["timestamp", "generated_at", "time"],
  price: ["price"],
  exchange: ["exchange"],
  market: ["market", "market_type"],
  strategy: ["strategy"],
  timeframe: ["timeframe"],
  signalId: ["signal_id"],
  transactionId: ["transaction_id"],
  expiresAt: ["expires_at"],
  components: ["components", "analysis_components"],
  weights: ["weights"],
  results: ["results"],
  entry: ["trade_params.entry_price", "trade_params.entry", "entry_price", "entry"],
  stop: ["trade_params.stop_loss", "trade_params.sl", "stop_loss", "sl"],
  takeProfit: ["trade_params.take_profit", "trade_params.tp", "take_profit", "tp"],
  targets: ["trade_params.targets", "targets"],
  riskReward: ["trade_params.risk_reward_ratio", "trade_params.rr_ratio", "risk_reward_ratio", "rr_ratio"],
  interpretations: ["market_interpretations"],
  insights: ["actionable_insights"],
  influential: ["influential_components"],
  subcomponents: ["top_weighted_subcomponents"],
} as const;

export type Meaning = keyof typeof usualKeys;
const meanings: readonly Meaning[] = Object.keys(usualKeys).filter((key): key is Meaning =>
  Object.hasOwn(usualKeys, key),
);

/** One way to a value: the key as written, and the steps it takes. */
interface Path {
  readonly key: string;
  readonly steps: readonly string[];
}

export type Keys = ReadonlyMap<Meaning, readonly Path[]>;

const known = new WeakMap<Readonly<Record<string, string>>, Keys>();

/** The keys of a source: its own before the usual ones. A meaning may be named by any of its usual keys: `timestamp` is `time`. */
export function keysFor(map: Readonly<Record<string, string>>): Keys {
  const ready = known.get(map);
  if (ready !== undefined) return ready;
  const keys = new Map(
    meanings.map((meaning) => [meaning, [...ownPaths(map, meaning), ...usualKeys[meaning].map(pathOf)]]),
  );
  known.set(map, keys);
  return keys;
}

function ownPaths(map: Readonly<Record<string, string>>, meaning: Meaning): Path[] {
  const names = new Set<string>([meaning, ...usualKeys[meaning]]);
  return [...names].flatMap((name) => {
    const key = Object.hasOwn(map, name) ? map[name] : undefined;
    if (key === undefined) return [];
    // A key may itself hold a dot.
    return key.includes(".") ? [{ key, steps: [key] }, pathOf(key)] : [pathOf(key)];
  });
}

function pathOf(key: string): Path {
  return { key, steps: key.split(".") };
}
