import { defineConfig } from "virtuoso";

// Every key is optional; what is commented out shows its default. The file is read again when it is saved, and a bad
// one is refused whole while the old one stays. What is set on the page or with `virtuoso config set` wins over it.
export default defineConfig({
  // Folders of JSON reports. Without `dir` the default folder, made where it is missing; a named one is waited for.
  // sources: [
  //   reports({
  //     name: "reports",
  //     dir: "reports/json",
  //     watch: "auto",         // "poll": looked at every second, for network mounts, whose systems report no changes
  //     zone: "UTC",           // of times written without a zone: IANA name, or an offset such as "+05:30"
  //     strategy: "breakout",  // stands where a report names none
  //     score: "auto",         // "directional": a short of 30 is 70 strong; "strength": a short of 70 is 70 strong
  //     reliability: "auto",   // "ratio" 0 to 1, "percent" 0 to 100
  //     freshFor: "15m",       // an older report is kept and shown, and raises nothing
  //     expectEvery: "5m",     // how often it must speak; left out, that is learned
  //     calendar: "nse",       // of the calendars below: outside its hours it is idle, not silent
  //     minScore: 65, minReliability: 75, maxAlerts: 3, cooldown: "60m",  // for this source only
  //     map: { score: "my_score" },  // meaning: the source's own key
  //   }),
  // ],

  // Exchanges whose market is scanned: public endpoints, no keys. Import bybit and binance from "virtuoso" too.
  // Coins that have the name of another coin elsewhere are named otherwise with assets.map, or left out with assets.exclude.
  // exchanges: [
  //   bybit({ market: "linear", quote: "USDT", top: 100, minTurnover: 1000000, timeoutMs: 10000, assets: { map: {}, exclude: [] } }),
  //   binance({ market: "spot" }),
  // ],

  // Market cap, BTC's dominance, fear and greed: JSON over HTTP, and where in it each stands. Without a source they are not known.
  // figures: [
  //   { name: "coingecko", url: "https://api.coingecko.com/api/v3/global",
  //     marketCap: "data.total_market_cap.usd", btcDominance: "data.market_cap_percentage.btc" },
  //   { name: "alternative", url: "https://api.alternative.me/fng/", fearAndGreed: "data.0.value" },
  // ],

  // A scanner's own times: "system", "alpha", "market:bybit", "candles:bybit", ...
  // scanners: { "market:bybit": { interval: "60s", timeout: "15s", enabled: true } },

  // How much is too much, and for how long before it is said: percent, and seconds for lag, clock and slow_answers (of one in a hundred).
  // host: { process_cpu: { above: 90, for: "5m" }, cpu: { above: 95, for: "10m" }, memory: { above: 95, for: "5m" },
  //         disk: { above: 90, for: "60s" }, lag: { above: 1, for: "30s" },
  //         clock: { above: 60, for: "0s" }, clock_ahead: { above: 86400, for: "0s" },
  //         backup: { above: 172800, for: "0s" },  // seconds; twice backup.every where that is said
  //         slow_answers: { above: 2, for: "2m" }, errors: { above: 1, for: "2m" }, cache_misses: { above: 20, for: "5m" } },

  // Rules of your own: plain functions, no promises, `context.now` is the clock, `observation.report` the JSON as it came (of a list,
  // its element). They run on a worker of their own: one that does not answer within 1 s is set aside for a while, and that is an alert.
  // rules: [
  //   rule("btc-dump", (observation, context) => {
  //     if (observation.kind !== "signal" || observation.signal.symbol !== "BTCUSDT") return undefined;
  //     const { direction, strength } = observation.signal;
  //     return direction === "short" && (strength ?? 0) >= 90 ? { message: "BTC turns down hard", priority: "high" } : undefined;
  //   }),
  // ],

  // Where alerts are sent. Import webhook, ntfy and the others from "virtuoso" too; secrets are env("NAME") or file("PATH").
  // channels: [
  //   ntfy({ name: "phone", topic: env("NTFY_TOPIC"), token: env("NTFY_TOKEN"), server: "https://ntfy.sh" }),
  //   telegram({ token: env("TELEGRAM_TOKEN"), chat: -1001234567890, users: { 123456: "anna" } }), // who may act from there
  //   email({ smtp: env("SMTP_URL"), from: "Virtuoso <desk@example.org>", to: ["ada@example.org"] }),  // smtps://name:password@host
  //   discord({ webhook: env("DISCORD_WEBHOOK") }),  // slack({ webhook: env("SLACK_WEBHOOK") })
  //   // `secret`: whsec_ and base64 of 24 to 64 bytes; a list of two while it is replaced. `headers`: those that are secrets by env() or file().
  //   webhook({ name: "bot", url: "https://bot.example.org/alerts", secret: env("HOOK_SECRET"), headers: { "x-desk": "one" }, giveUp: "24h" }),
  // ],

  // Which alerts go to whom, and when: in this order, up to one with stop. Without routes high goes to every channel at
  // once, medium within 30 s together with what else there is, low waits for a digest at 08:00 UTC. A step may wait, and is
  // dropped once someone has the alert. `group`: so long alerts are gathered into one message (left out: as without routes).
  // `quiet`: within that calendar's hours only high goes out, the rest as it closes. Programs (webhook) get each alert by itself.
  // routes: [
  //   {
  //     name: "desk", match: [{ name: "priority", op: ">=", value: "medium" }], quiet: "night", stop: true,
  //     steps: [{ to: ["phone"] }, { after: "5m", to: ["bot", "phone"], unless: "acknowledged" }],
  //   },
  //   // Reminders until someone has it; so many messages a day at most, high aside, and what is over in the digest.
  //   { name: "rest", steps: [{ to: ["bot"] }], group: "5m", repeat: { every: "4h", max: 6 }, budget: { perDay: 12 }, digest: "08:00" },
  // ],

  // Mute what matches, until then; `virtuoso silence add` does it at run time. By exact fields, as here, whatever the
  // priority; by matchers, [{ name: "symbol", op: "=~", value: "DOGE.*" }], high only with includeHigh: true.
  // silences: [{ match: { type: "SIGNAL", symbol: "DOGEUSDT" }, until: "2027-01-01T00:00:00Z", why: "only noise" }],

  // What holds and matches `source` mutes what matches `target` and has the same in each of `equal`. Given here it takes the
  // place of what is shipped: an unreachable folder explains that its source is silent, a market that cannot be read its
  // exchange's candles, a full disk old backups, a busy loop slow answers, a clock a day ahead that it differs from an exchange's.
  // inhibit: [{
  //   source: [{ name: "rule", op: "=", value: "source-unreachable" }],
  //   target: [{ name: "rule", op: "=", value: "source-silent" }],
  //   equal: ["source"],
  // }],

  // When something is open. Import hours and exchangeCalendar from "virtuoso" too. Exchanges: XNSE, XBOM, 24x7; a list of closures
  // holds for a year, and that it ends is an alert 30 days before. During `maintenance` no source is expected to speak.
  // calendars: {
  //   nse: exchangeCalendar("XNSE", { closed: [], open: [], validThrough: "2026-12-31",
  //     special: [{ date: "2026-11-08", hours: "18:00-19:15", why: "Muhurat trading" }] }),
  //   night: hours("22:00-07:00", "Europe/Berlin", { days: "mon-sun" }),
  //   maintenance: [{ from: "2026-12-05T02:00:00Z", to: "2026-12-05T04:00:00Z", why: "a new disk" }],
  // },

  // Strength (signals) or confidence in percent (opportunities) from which an alert is that urgent.
  // priorities: { medium: 75, high: 85 },

  // monitoring: { scan_interval: 5, max_alerts: 3, alert_cooldown: 60 },  // minutes, alerts per interval, minutes
  // signals: { min_score: 65, min_reliability: 75 },                      // strength, percent
  // alpha: { confidence_threshold: 75, risk_level: "Medium" },            // percent, Low | Medium | High

  // Copies of the database, made while it is in use. Without `every` only when asked for: `virtuoso backup`.
  // backup: { dir: "data/backups", every: "24h", keep: 7 },

  // How long each is kept; "forever" keeps it.
  // retention: {
  //   signals: "90d", raw: "30d", decisions: "30d", events: "7d", alerts: "1y", deliveries: "90d", audit: "forever",
  // },

  // server: {
  //   host: "127.0.0.1", port: 8000,
  //   publicUrl: "https://desk.example.org",  // the address people use: links, cookies and single sign-on follow it (no default)
  //   allowedHosts: [],   // names it answers to besides its own and the public URL's, such as "desk.internal"
  //   basePath: "",       // such as "/desk", where a proxy serves it below a path
  //   proxies: [],        // addresses and networks whose X-Forwarded-For, -Proto and -Host count: ["127.0.0.1", "10.0.0.0/8"]
  //   cors: [],           // origins of other sites that may ask with a token: ["https://board.example.org"]
  //   tls: { cert: "tls/cert.pem", key: "tls/key.pem" },  // read again when they change
  //   // Browsers then ask this host, on all its ports, only by TLS for a year; left out: only the host of an https publicUrl.
  //   hsts: false,
  // },
  // limits: {
  //   connections: 100, connectionsPerAddress: 10, externalAlertsPerToken: 1000, heartbeat: "15s",
  //   // Requests a minute of one account or token, or of one address where there is none; 0 is without limit.
  //   perMinute: { overview: 30, recentAlerts: 60, configRead: 10, configWrite: 5, signIn: 5,
  //     refused: 60, channelTest: 10, assets: 3000, page: 1200, other: 300 },
  // },
  // auth: {
  //   sessionTimeout: "24h",         // so long after a person did something their session ends
  //   totp: "optional",              // "required": every account sets a second factor
  //   // People an OpenID Connect provider vouches for; the claim holds what roles names.
  //   oidc: {
  //     issuer: "https://id.example", clientId: "virtuoso", clientSecret: env("OIDC_SECRET"),
  //     claim: "groups", roles: { "trading-admins": "admin", traders: "trader" },
  //     clockTolerance: "60s",       // how far its clock may be off
  //     signOut: "everywhere",       // signing out here leads to its sign-out, where it has one; "here" leaves it signed in
  //   },
  // },
  // export: { maxRows: 100000 },
  // log: { format: "pretty", level: "info" },
});
