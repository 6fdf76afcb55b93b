import { dashboard } from "./dashboard";
import { bars, here, stat, timeseries } from "./panels";

export const tradingDesk = dashboard({
  uid: "virtuoso-trading-desk",
  title: "Trading desk",
  description: "What the strategies say, what became alerts, and what was held back.",
  pages: [
    { title: "Desk", path: "dashboard" },
    { title: "Signals", path: "signals" },
    { title: "Alerts", path: "alerts" },
    { title: "Held back", path: "held-back" },
    { title: "Opportunities", path: "opportunities" },
    { title: "Market", path: "market" },
  ],
  rows: [
    {
      title: "Now",
      panels: [
        stat({
          title: "Alerts that stand",
          description:
            "Open or acknowledged, of high priority. Somebody should have each of them: acknowledge them on the desk.",
          unit: "short",
          span: 4,
          queries: [{ expr: `sum(virtuoso_alerts_open{priority="high", ${here}})`, legend: "high" }],
          limits: { notable: 1, bad: 10 },
          page: "alerts",
        }),
        stat({
          title: "Signals in an hour",
          description:
            "Signals read for the first time. None for long: look at Sources and scanners for a source that fell silent.",
          unit: "short",
          span: 4,
          queries: [{ expr: `sum(increase(virtuoso_signals_total{${here}}[1h]))`, legend: "signals" }],
          page: "signals",
        }),
        stat({
          title: "Alerts in an hour",
          description:
            "Alerts raised, of every type. Many: raise the thresholds, after a preview of what a change would have done.",
          unit: "short",
          span: 4,
          queries: [{ expr: `sum(increase(virtuoso_alerts_total{${here}}[1h]))`, legend: "alerts" }],
          page: "alerts",
        }),
        stat({
          title: "Held back in an hour",
          description: "Due, and stopped by a gate. They are kept and listed: virtuoso held.",
          unit: "short",
          span: 4,
          queries: [{ expr: `sum(increase(virtuoso_alerts_held_back_total{${here}}[1h]))`, legend: "held back" }],
          page: "held-back",
        }),
        stat({
          title: "Regime",
          description:
            "The prevailing state of the market. No data: no exchange is configured, or none was read within the hour.",
          unit: "short",
          span: 4,
          queries: [{ expr: `max by (regime) (virtuoso_market_regime{${here}}) == 1`, legend: "{{regime}}" }],
          named: true,
          page: "market",
        }),
        stat({
          title: "Age of the market",
          description:
            "How old what is known of the market is. Over five minutes: an exchange does not answer, see Sources and scanners.",
          unit: "s",
          span: 4,
          queries: [{ expr: `max(virtuoso_market_age_seconds{${here}})`, legend: "age" }],
          limits: { notable: 180, bad: 300 },
          page: "market",
        }),
      ],
    },
    {
      title: "Signals",
      panels: [
        timeseries({
          title: "Signals by direction",
          description:
            "Signals per minute. All of one direction for hours: a strategy may be stuck, compare it with the market.",
          unit: "cpm",
          span: 8,
          stacked: true,
          queries: [
            {
              expr: `sum by (direction) (rate(virtuoso_signals_total{${here}}[$__rate_interval])) * 60`,
              legend: "{{direction}}",
            },
          ],
          page: "signals",
        }),
        timeseries({
          title: "Signals by source",
          description: "Signals per minute. A source that ends here and not in its own log does not reach its folder.",
          unit: "cpm",
          span: 8,
          stacked: true,
          queries: [
            {
              expr: `sum by (source) (rate(virtuoso_signals_total{${here}}[$__rate_interval])) * 60`,
              legend: "{{source}}",
            },
          ],
          page: "sources",
        }),
        timeseries({
          title: "What was decided",
          description:
            "Signals and opportunities judged per minute, by what came of them. Mostly late or undated: " +
            "the writer's clock or zone is wrong. virtuoso why ID shows the numbers of one.",
          unit: "cpm",
          span: 8,
          stacked: true,
          queries: [
            {
              expr: `sum by (verdict) (rate(virtuoso_observations_total{${here}}[$__rate_interval])) * 60`,
              legend: "{{verdict}}",
            },
          ],
          page: "signals",
        }),
        timeseries({
          title: "Lag of signals",
          description:
            "From the time a signal states to the time it was received. Steady and large: a zone is " +
            "wrong. Growing: the writer falls behind.",
          unit: "s",
          span: 8,
          queries: [
            {
              expr: `histogram_quantile(0.5, sum by (le) (rate(virtuoso_signal_lag_seconds_bucket{${here}}[5m])))`,
              legend: "half of them within",
            },
            {
              expr: `histogram_quantile(0.95, sum by (le) (rate(virtuoso_signal_lag_seconds_bucket{${here}}[5m])))`,
              legend: "19 of 20 within",
            },
          ],
          limits: { notable: 300, bad: 900 },
          page: "sources",
        }),
        bars({
          title: "Freshness per source",
          description:
            "Time since the last live report. Compare with how long each may be silent; a source beyond that has an alert.",
          unit: "s",
          span: 8,
          queries: [
            { expr: `time() - virtuoso_source_last_observation_timestamp_seconds{${here}}`, legend: "{{source}}" },
          ],
          limits: { notable: 900, bad: 3600 },
          page: "sources",
        }),
        timeseries({
          title: "Opportunities",
          description:
            "Alpha opportunities found or reported in an hour, by pattern. None at all: see whether the alpha scanner succeeds.",
          unit: "short",
          span: 8,
          stacked: true,
          queries: [
            { expr: `sum by (pattern) (increase(virtuoso_opportunities_total{${here}}[1h]))`, legend: "{{pattern}}" },
          ],
          page: "opportunities",
        }),
      ],
    },
    {
      title: "Alerts",
      panels: [
        timeseries({
          title: "Alerts by type",
          description: "Alerts raised in ten minutes. SYSTEM ones are about the machinery: look at them first.",
          unit: "short",
          span: 8,
          stacked: true,
          queries: [{ expr: `sum by (type) (increase(virtuoso_alerts_total{${here}}[10m]))`, legend: "{{type}}" }],
          page: "alerts",
        }),
        timeseries({
          title: "Alerts by priority",
          description:
            "Alerts raised in ten minutes. High ones in numbers: the bands of priority are too low for what the strategies write.",
          unit: "short",
          span: 8,
          stacked: true,
          queries: [
            { expr: `sum by (priority) (increase(virtuoso_alerts_total{${here}}[10m]))`, legend: "{{priority}}" },
          ],
          page: "alerts",
        }),
        timeseries({
          title: "Held back by reason",
          description:
            "Due and stopped in ten minutes. cooldown: the same again; cap: more than fit the scan " +
            "interval; silenced: a person muted it; inhibited: another alert explains it. Mostly cap: " +
            "raise max_alerts or the thresholds.",
          unit: "short",
          span: 8,
          stacked: true,
          queries: [
            { expr: `sum by (reason) (increase(virtuoso_alerts_held_back_total{${here}}[10m]))`, legend: "{{reason}}" },
          ],
          page: "held-back",
        }),
        timeseries({
          title: "Alerts that stand",
          description:
            "Open or acknowledged. SYSTEM alerts stand until their cause is gone, the others until they expire.",
          unit: "short",
          span: 12,
          queries: [
            { expr: `sum by (type, priority) (virtuoso_alerts_open{${here}}) > 0`, legend: "{{type}} {{priority}}" },
          ],
          page: "alerts",
        }),
        timeseries({
          title: "What the gates answered",
          description:
            "Share of the questions put to each gate that held an alert back. Rising: the same is said " +
            "over and over, or a silence was forgotten.",
          unit: "percentunit",
          span: 12,
          max: 1,
          queries: [
            {
              expr:
                `sum by (gate) (rate(virtuoso_gate_checks_total{answer="held", ${here}}[10m]))` +
                ` / (sum by (gate) (rate(virtuoso_gate_checks_total{${here}}[10m])) > 0)`,
              legend: "{{gate}}",
            },
          ],
          page: "held-back",
        }),
      ],
    },
  ],
});
