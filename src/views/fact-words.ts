/** What a fact is counted in: from it follows how it is written. */
export type FactUnit =
  | "ratio"
  | "change"
  | "percent"
  | "points"
  | "milliseconds"
  | "seconds"
  | "minutes"
  | "hours"
  | "moment"
  | "price"
  | "amount"
  | "count"
  | "times"
  | "statistic"
  | "chance"
  | "words"
  | "yes-no";

export interface FactWords {
  /** As people read it, without its unit. */
  readonly label: string;
  /** Null where nothing is known of it: then its value says how it is written. */
  readonly unit: FactUnit | null;
}

/** One fact of an alert, an opportunity or an observation, with what it had to reach or stay under. */
export interface Fact extends FactWords {
  /** As the API calls it. */
  readonly name: string;
  readonly value: unknown;
  /** Null where it only informs. */
  readonly limit: unknown;
}

type Table = Readonly<Record<string, readonly [label: string, unit: FactUnit]>>;

/** What rules keep with an alert, and what observations say of themselves. */
const kept: Table = {
  // A signal and an opportunity.
  score: ["Score", "points"],
  strength: ["Strength", "points"],
  reliability: ["Reliability", "ratio"],
  price: ["Price", "price"],
  strategy: ["Strategy", "words"],
  pattern: ["Pattern", "words"],
  confidence: ["Confidence", "ratio"],
  alphaPotential: ["Potential", "change"],
  riskLevel: ["Risk", "words"],
  // Of the machinery.
  advice: ["What to do", "words"],
  aheadMs: ["Ahead by", "milliseconds"],
  aheadSeconds: ["Ahead by", "seconds"],
  limitSeconds: ["Limit", "seconds"],
  above: ["Limit", "statistic"],
  value: ["Measured", "statistic"],
  heldMs: ["For", "milliseconds"],
  broken: ["Why", "words"],
  cadence: ["Its usual pace", "words"],
  calendar: ["Calendar", "words"],
  validThrough: ["Known until", "moment"],
  channel: ["Channel", "words"],
  count: ["Missed", "count"],
  high: ["High among them", "count"],
  medium: ["Medium among them", "count"],
  readSince: ["From", "moment"],
  readUntil: ["Until", "moment"],
  endsAt: ["Ends", "moment"],
  startsAt: ["Began", "moment"],
  everyMs: ["Usually every", "milliseconds"],
  exchange: ["Exchange", "words"],
  failing: ["Why", "words"],
  fingerprint: ["Its name there", "words"],
  hidden: ["Alerts it hid", "count"],
  hiddenHigh: ["High among them", "count"],
  lately: ["Refused of its last 50", "count"],
  share: ["Refused share", "ratio"],
  name: ["Name", "words"],
  offsetMinutes: ["Clock off by", "minutes"],
  overflow: ["Held back", "count"],
  raised: ["Raised", "count"],
  strongest: ["The strongest", "words"],
  part: ["What it reads", "words"],
  quietMs: ["Silent for", "milliseconds"],
  silentAfterMs: ["Silent after", "milliseconds"],
  refused: ["Why", "words"],
  removed: ["Removed", "yes-no"],
  scanner: ["Scanner", "words"],
  silence: ["Silence", "words"],
  since: ["Since", "moment"],
  tookMs: ["Took", "milliseconds"],
  what: ["What went wrong", "words"],
  why: ["Why", "words"],
  zoneAssumed: ["Time zone taken for granted", "words"],
  rule: ["Rule", "words"],
  // What was received.
  act: ["Act", "words"],
  backlog: ["Found by a first look", "yes-no"],
  by: ["By", "words"],
  file: ["File", "words"],
  from: ["From", "words"],
  kind: ["Kind", "words"],
  known: ["Read before", "yes-no"],
  modifiedAt: ["File written", "moment"],
  note: ["Note", "words"],
  receivedAt: ["Received", "moment"],
  source: ["Source", "words"],
  until: ["Until", "moment"],
  // A view of the market.
  observedAt: ["Observed", "moment"],
  regime: ["Regime", "words"],
  activePairs: ["Pairs that trade", "count"],
  averageVolume: ["Turnover per pair, 24 h", "amount"],
  totalVolume: ["Turnover of all pairs, 24 h", "amount"],
  marketCap: ["Market cap", "amount"],
  dispersion: ["Dispersion, 24 h", "percent"],
  realisedVolatility: ["BTC volatility, a year", "percent"],
  averageChange: ["Mean change, 24 h", "percent"],
  robustChange: ["Mean change without outliers, 24 h", "percent"],
  robustDispersion: ["Dispersion without outliers, 24 h", "percent"],
  advancers: ["Pairs that rose", "count"],
  decliners: ["Pairs that fell", "count"],
  openInterest: ["Open interest", "amount"],
  trendStrength: ["Trend strength", "ratio"],
  btcChange: ["BTC, 24 h", "percent"],
};

/** The numbers behind a finding, by the names that rules and patterns give them. */
const numbers: Table = {
  excess: ["Beyond what the benchmark explains", "change"],
  move: ["Move", "change"],
  fall: ["Fall of the correlation", "statistic"],
  n: ["Candles compared", "count"],
  p: ["Chance of an accident (p)", "chance"],
  t: ["Against its usual spread (t)", "statistic"],
  z: ["Against its usual spread (z)", "statistic"],
  beta: ["Beta to the benchmark", "statistic"],
  support: ["Support", "price"],
  ratio: ["Of the usual", "times"],
  turnover: ["Turnover", "amount"],
  "times the usual": ["Of the usual", "times"],
  "days compared": ["Days compared", "count"],
  "deviation per candle %": ["Swing per candle", "percent"],
  "deviation before %": ["Swing per candle before", "percent"],
  "net %": ["Net of costs", "percent"],
  "gross %": ["Before costs", "percent"],
  "mean change without outliers %": ["Mean change without outliers, 24 h", "percent"],
  "BTC change %": ["BTC, 24 h", "percent"],
  "dispersion without outliers %": ["Dispersion without outliers, 24 h", "percent"],
  outliers: ["Outliers", "count"],
  "funding interval h": ["Funding every", "hours"],
  "alpha per candle": ["Beyond the benchmark, per candle", "change"],
  "robust t": ["The same without outliers (t)", "statistic"],
  "t of the move": ["Move against its usual spread (t)", "statistic"],
  "t, the median's error included": ["With the median's own error (t)", "statistic"],
  "Dickey-Fuller t": ["It returns to its mean (Dickey-Fuller t)", "statistic"],
  "Fisher z": ["Fall against its usual spread (Fisher z)", "statistic"],
  "z together": ["All timeframes together (z)", "statistic"],
  "z of volume ranks": ["Volume against before (z)", "statistic"],
  "p of z": ["Chance of an accident (p)", "chance"],
  "p by jackknife": ["The same without any one candle (p)", "chance"],
  "volume against the hour's usual, times that of the 200 candles before": [
    "Volume, of the 200 candles before",
    "times",
  ],
  "least of the last 4 volumes against the hour's usual, times the median": [
    "Least of the last 4 volumes, of the usual",
    "times",
  ],
  "median volume before, against the hour's usual": ["Volume before, of the hour's usual", "times"],
  "deviations of fours of candles before": ["Against four candles at a time before (t)", "statistic"],
  "independent fours among them": ["Fours of candles compared", "count"],
  "candles compared": ["Candles compared", "count"],
  correlation: ["Correlation to the benchmark", "statistic"],
  "correlation before": ["Correlation before", "statistic"],
  "correlation before, at the benchmark's deviation now": [
    "Correlation before, at today's swing of the benchmark",
    "statistic",
  ],
  "beta before": ["Beta before", "statistic"],
  "beta's fall in standard errors": ["Fall of beta, in standard errors", "statistic"],
  "median beta before": ["Its usual beta", "statistic"],
  "days of beta known": ["Days of beta known", "count"],
  "beta from its median": ["Beta, from its usual", "statistic"],
  "standard errors": ["The same in standard errors", "statistic"],
  "standard deviations": ["Gap in standard deviations", "statistic"],
  "gap to the mean": ["Gap to the mean", "change"],
  "half-life in candles": ["Half of the gap closes in candles", "count"],
  "from support, in average true ranges": ["From support, in average true ranges", "statistic"],
  "touches before": ["Touches before", "count"],
  "lowest RSI": ["Lowest RSI", "points"],
  "close above the range, in average true ranges": ["Close above the range, in average true ranges", "statistic"],
  "close below the range, in average true ranges": ["Close below the range, in average true ranges", "statistic"],
  "top of the range": ["Top of the range", "price"],
  "bottom of the range": ["Bottom of the range", "price"],
  "tests a day, confidence is 1 - p x tests": ["Tests a day", "count"],
};

/** Names that hold a timeframe, an exchange or a span. */
const formed: readonly (readonly [RegExp, (part: string) => string, FactUnit])[] = [
  [/^t on (\S+)$/, (on) => `On ${on} candles (t)`, "statistic"],
  [/^excess on (\S+)$/, (on) => `Beyond the benchmark on ${on} candles`, "change"],
  [/^age of the quote on (.+) ms$/, (on) => `Age of the quote on ${on}`, "milliseconds"],
  [/^funding % per (.+)$/, (span) => `Funding per ${span}`, "percent"],
  [/^net % with (.+) of funding$/, (span) => `Net of costs, with ${span} of funding`, "percent"],
];

/** What people call it; a name that stands in no table is made readable. */
export function factWords(name: string): FactWords {
  const [label, unit] = own(kept, name) ?? own(numbers, name) ?? formedWords(name) ?? [];
  return label === undefined || unit === undefined ? readable(name) : { label, unit };
}

/** Whether a name has words of its own. */
export function hasWords(name: string): boolean {
  return (own(kept, name) ?? own(numbers, name) ?? formedWords(name)) !== undefined;
}

const limitSuffix = " limit";

/** The facts in their order: a number and its limit are one, and what is not known does not stand there. */
export function factsOf(details: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(details).flatMap(([name, value]) => {
    const limited = name.endsWith(limitSuffix) && Object.hasOwn(details, name.slice(0, -limitSuffix.length));
    if (limited || value === null || value === undefined || typeof value === "object") return [];
    return [{ name, ...factWords(name), value, limit: details[`${name}${limitSuffix}`] ?? null }];
  });
}

function own(table: Table, name: string): Table[string] | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function formedWords(name: string): readonly [string, FactUnit] | undefined {
  for (const [pattern, label, unit] of formed) {
    const part = pattern.exec(name)?.[1];
    if (part !== undefined) return [label(part), unit];
  }
  return undefined;
}

const endings: readonly (readonly [RegExp, FactUnit])[] = [
  [/(?<=[a-z])Ms$|[ _]ms$/, "milliseconds"],
  [/(?<=[a-z])Seconds$|[ _]seconds$/, "seconds"],
  [/(?<=[a-z])Minutes$|[ _]minutes$/, "minutes"],
  [/(?<=[a-z])(Ratio|Share)$|[ _](ratio|share)$/, "ratio"],
  [/(?<=[a-z])Percent$|[ _]percent$| ?%/, "percent"],
  [/(?<=[a-z])At$|[ _]at$/, "moment"],
];

/** `latencyMs` and `latency_ms` are "Latency": a unit in the name is in the text instead. */
function readable(name: string): FactWords {
  const [ending, unit] = endings.find(([pattern]) => pattern.test(name)) ?? [];
  const words = (ending === undefined ? name : name.replace(ending, ""))
    .replaceAll(/[._]+/g, " ")
    .replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
  return { label: words.charAt(0).toUpperCase() + words.slice(1), unit: unit ?? null };
}
