/** One word as a person meets it: its name, what it means in a sentence or two, and what it is counted in. */
export interface Definition {
  readonly term: string;
  readonly means: string;
  /** Absent where it is no figure. */
  readonly unit?: string;
}

/** Every word of the desk that needs an explanation, once: the page's tooltips and the API's page read it here. */
export const glossary = {
  report: {
    term: "Report",
    means: "A document from outside, before it is read: a file in a watched folder, or what was sent to the inbox.",
  },
  source: {
    term: "Source",
    means: "Where reports come from. Each has a name, and may have a zone, thresholds and a cap of its own.",
  },
  signal: { term: "Signal", means: "One statement about one symbol at one moment, as read from a report." },
  direction: {
    term: "Direction",
    means: "Which way a signal points: long (up), short (down), neutral, or exit (close what is open).",
  },
  strength: {
    term: "Strength",
    means: "How convinced a signal is, whatever its direction. A long has its score, a short 100 less its score.",
    unit: "0 to 100",
  },
  score: {
    term: "Score",
    means: "The figure the report gives. It has a direction: 50 is neutral, above it is up, below it is down.",
    unit: "0 to 100",
  },
  reliability: {
    term: "Reliability",
    means: "How far a source trusts its own signal, as its report gives it. A signal without one is accepted.",
    unit: "percent",
  },
  component: {
    term: "Component",
    means: "One part of a score, such as momentum or order flow. Above 50 it points up, below 50 it points down.",
    unit: "0 to 100",
  },
  weight: { term: "Weight", means: "The share a component has in the score.", unit: "percent" },
  impact: { term: "Impact", means: "How far a component moved the score away from 50.", unit: "points of the score" },
  confluence: { term: "Confluence", means: "How many components of a score point the same way as the whole." },
  plan: {
    term: "Plan",
    means: "What a report proposes to do: the entry, the stop, and targets.",
    unit: "price",
  },
  r: {
    term: "R",
    means: "The distance from the entry to the stop: what is risked. A target at 2 R earns twice that.",
    unit: "price",
  },
  observed: { term: "Observed", means: "When the market was as the report says.", unit: "UTC" },
  received: { term: "Received", means: "When the desk read the report.", unit: "UTC" },
  lag: {
    term: "Lag",
    means: "The time between when the market was so and when the desk read of it. Of a queue: messages not yet read.",
  },
  cadence: {
    term: "Cadence",
    means: "How often a source usually reports. It is learned from its reports, unless the config sets it.",
  },
  idle: {
    term: "Idle",
    means: "Of a source: nothing is expected now, as its market is closed or the time is outside its own hours.",
  },
  stale: {
    term: "Stale",
    means: "Older than it should be: something was expected by now and did not come.",
  },
  silent: {
    term: "Silent",
    means: "A source that usually reports and has not for much longer than usual.",
  },
  repainted: { term: "Repainted", means: "Its source reported the same signal again, later, with other figures." },
  decision: {
    term: "Decision",
    means: "What came of a signal or an opportunity: an alert was raised, was held back, or was not worth raising.",
  },
  raised: { term: "Raised", means: "An alert was made, shown, and handed to the channels." },
  "held-back": {
    term: "Held back",
    means: "An alert was due and was not sent. It is kept with the reason: inhibited, silenced, cooldown or cap.",
  },
  duplicate: { term: "Duplicate", means: "The same signal was read before; it is not judged a second time." },
  late: { term: "Late", means: "The report was too old when it was read. Each source has a limit." },
  undated: {
    term: "Undated",
    means: "The report has no time of its own. It carries that of its file, which raises no alert.",
  },
  unscored: { term: "Unscored", means: "The report gives no score, so its strength is not known." },
  "below-threshold": {
    term: "Below the threshold",
    means: "Weaker, less confident or riskier than the settings ask for.",
  },
  unreliable: { term: "Not reliable enough", means: "Its reliability is below the minimum in the settings." },
  inhibited: {
    term: "Inhibited",
    means: "Held back because another alert explains it: a source that cannot be reached explains that it is silent.",
  },
  silenced: { term: "Silenced", means: "Held back because someone muted alerts like it for a time." },
  silence: {
    term: "Silence",
    means:
      "Mutes the alerts that match it until its end. They are still decided and kept; those of high priority go out unless it says so.",
  },
  cooldown: {
    term: "Cooldown",
    means: "The minimum time between similar alerts. A rise in priority ends it early.",
    unit: "minutes",
  },
  cap: {
    term: "Cap",
    means: "The most alerts of one source in one scan interval; a third of the places is for high priority alone.",
    unit: "alerts",
  },
  alert: { term: "Alert", means: "What deserves attention: about a signal, an opportunity, the market or the system." },
  priority: { term: "Priority", means: "How urgent an alert is: low, medium or high. It follows the strength." },
  event: { term: "Event", means: "A kind of alert: it happened once, and expires after a time." },
  state: {
    term: "State",
    means: "A kind of alert: it lasts as long as its condition, and is resolved when that ends.",
  },
  fingerprint: {
    term: "Fingerprint",
    means: "What makes two alerts the same one: type, source, symbol and direction, never their figures.",
  },
  acknowledge: { term: "Acknowledge", means: "To take an alert on: the others see that someone has it." },
  resolve: { term: "Resolve", means: "To end an alert of the kind state by hand." },
  opportunity: {
    term: "Opportunity",
    means: "A pattern in how a symbol moves beside the benchmark, as found on candles or read from an alpha report.",
  },
  pattern: { term: "Pattern", means: "The kind of an opportunity, such as a changed beta or a broken correlation." },
  benchmark: { term: "Benchmark", means: "What symbols are compared with: Bitcoin's pair on the same exchange." },
  beta: {
    term: "Beta",
    means: "How far a symbol usually moves when the benchmark moves by 1 %. At 1.5 it moves by 1.5 %.",
  },
  correlation: {
    term: "Correlation",
    means: "How closely a symbol follows the benchmark: 1 is always, 0 is not at all, below 0 is the other way.",
    unit: "\u22121 to 1",
  },
  confidence: {
    term: "Confidence",
    means: "How unlikely it is that chance alone made a finding so strong among all those searched that day.",
    unit: "percent",
  },
  potential: {
    term: "Potential",
    means: "The return beyond what the benchmark explains, over the time of the finding. It is no forecast.",
    unit: "percent",
  },
  "risk-level": {
    term: "Risk level",
    means: "High where a symbol is wild or thinly traded, low where it is calm and liquid, medium between.",
  },
  regime: {
    term: "Regime",
    means:
      "Where the market goes over 24 h: up (bullish) or down (bearish) with Bitcoin, apart (volatile), else neutral.",
  },
  pairs: { term: "Active pairs", means: "The pairs that trade on the configured exchanges." },
  dispersion: {
    term: "Dispersion",
    means: "How far apart the 24 h changes of all pairs lie: their standard deviation. It is not volatility over time.",
    unit: "percent",
  },
  volatility: {
    term: "Volatility",
    means: "How much a price moves over time: the deviation of its returns, for a whole year.",
    unit: "percent a year",
  },
  breadth: { term: "Breadth", means: "How many pairs rose and how many fell over 24 h.", unit: "pairs" },
  turnover: { term: "Turnover", means: "What was traded over 24 h, in the currency prices are quoted in." },
  funding: {
    term: "Funding",
    means: "What holders of a perpetual pay each other at intervals, compared per 8 h. Above zero, longs pay shorts.",
    unit: "percent per 8 h",
  },
  "open-interest": { term: "Open interest", means: "How much is held open in a perpetual or a future." },
  dominance: { term: "Dominance", means: "Bitcoin's share of the market's whole capitalisation.", unit: "percent" },
  "market-cap": { term: "Market cap", means: "The value of all coins in circulation, where a source gives it." },
  "fear-and-greed": {
    term: "Fear and greed",
    means: "An index of mood from outside: 0 is extreme fear, 100 extreme greed.",
    unit: "0 to 100",
  },
  scan: { term: "Scan", means: "One run of a scanner, which reads exchanges or other services at intervals." },
  scan_interval: {
    term: "Scan interval",
    means: "The time between two scans, and the length of the window in which the cap counts.",
    unit: "minutes",
  },
  max_alerts: {
    term: "Max alerts",
    means: "The cap: the most alerts of one source in one scan interval.",
    unit: "alerts",
  },
  alert_cooldown: {
    term: "Alert cooldown",
    means: "The minimum time between alerts of the same source, symbol and direction.",
    unit: "minutes",
  },
  min_score: {
    term: "Min score",
    means:
      "The least strength a signal must have to raise an alert. It is compared with strength, so shorts count too.",
    unit: "0 to 100",
  },
  min_reliability: {
    term: "Min reliability",
    means: "The least reliability a signal must have to raise an alert. A signal without one is accepted.",
    unit: "percent",
  },
  confidence_threshold: {
    term: "Confidence threshold",
    means: "The least confidence an opportunity must have to raise an alert.",
    unit: "percent",
  },
  risk_level: { term: "Risk level (setting)", means: "The riskiest opportunity that still raises an alert." },
  channel: { term: "Channel", means: "A way alerts are sent: ntfy, a webhook and the like." },
  delivery: {
    term: "Delivery",
    means: "One message to one channel. It is tried until it is accepted, or fails with its reason.",
  },
  quarantine: {
    term: "Quarantine",
    means: "Files that could not be read, each with the reason. A changed file is read again by itself.",
  },
  seq: { term: "Seq", means: "The place of something in the order in which the desk stored it. It only grows." },
  outcome: { term: "Outcome", means: "What the market did after a signal, at one distance in time." },
  counted: {
    term: "Counted",
    means: "Kept for the statistics, after signals that repeat each other were thinned out.",
  },
  n: { term: "n", means: "How many observations a figure is made of. Few observations say little." },
  calendar: {
    term: "Calendar",
    means: "When a market is open: its sessions, nights and holidays. Outside them nothing is expected of a source.",
  },
  session: {
    term: "Session",
    means: "A stretch of the day in which a market is open, by its calendar. A day may have none, or several.",
  },
  check: { term: "Check", means: "One question about health, repeated at intervals: healthy, degraded or unhealthy." },
} as const satisfies Readonly<Record<string, Definition>>;

export type GlossaryWord = keyof typeof glossary;
