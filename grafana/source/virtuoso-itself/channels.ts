import type { Row } from "../dashboard";
import { here, stat, timeseries } from "../panels";

export const channels: Row = {
  title: "Channels",
  panels: [
    stat({
      title: "Channels",
      description:
        "Whether each takes what it is sent. Not: virtuoso channel list says what it answered; once mended, virtuoso channel test NAME.",
      unit: "short",
      span: 6,
      queries: [{ expr: `virtuoso_channel_up{${here}}`, legend: "{{channel}}" }],
      words: { 0: { text: "DOWN", colour: "red" }, 1: { text: "up", colour: "green" } },
      page: "health",
    }),
    stat({
      title: "Waiting",
      description:
        "Messages that are to be sent, or sent again. They wait for a channel that is down: virtuoso deliveries --state due.",
      unit: "short",
      span: 6,
      queries: [{ expr: `sum(virtuoso_outbox_due{${here}})`, legend: "due" }],
      limits: { notable: 20, bad: 200 },
    }),
    stat({
      title: "Waiting longest",
      description: "How long the oldest of them has waited. Minutes: somebody does not know yet what they should.",
      unit: "s",
      span: 6,
      queries: [{ expr: `max(virtuoso_outbox_oldest_due_seconds{${here}})`, legend: "oldest" }],
      limits: { notable: 60, bad: 900 },
    }),
    stat({
      title: "Failed in a day",
      description:
        "Messages no channel took in the end. virtuoso deliveries --state failed lists them, virtuoso deliveries retry ID sends one again.",
      unit: "short",
      span: 6,
      queries: [
        {
          expr: `sum(increase(virtuoso_deliveries_total{outcome="failed", ${here}}[1d])) or vector(0)`,
          legend: "failed",
        },
      ],
      limits: { bad: 1 },
    }),
    timeseries({
      title: "Messages",
      description:
        "That came to an end in ten minutes, by how. folded: another message spoke of it; stale: what it would say was over.",
      unit: "short",
      span: 8,
      stacked: true,
      queries: [
        {
          expr: `sum by (outcome) (increase(virtuoso_deliveries_total{${here}}[10m]))`,
          legend: "{{outcome}}",
        },
      ],
    }),
    timeseries({
      title: "Messages by channel",
      description: "Accepted in ten minutes. A channel that stops while others go on: virtuoso channel test NAME.",
      unit: "short",
      span: 8,
      queries: [
        {
          expr: `sum by (channel) (increase(virtuoso_deliveries_total{outcome="sent", ${here}}[10m]))`,
          legend: "{{channel}}",
        },
      ],
    }),
    timeseries({
      title: "Time to acceptance",
      description:
        "From the decision to the channel's acceptance, at its 95th percentile. Growing: the channel is slow, or it was down.",
      unit: "s",
      span: 8,
      queries: [
        {
          expr: `histogram_quantile(0.95, sum by (le, channel) (rate(virtuoso_delivery_seconds_bucket{${here}}[10m])))`,
          legend: "{{channel}}",
        },
      ],
      limits: { notable: 10, bad: 60 },
    }),
  ],
};
