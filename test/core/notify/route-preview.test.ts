import { expect, test } from "bun:test";
import { calendarsSchema, hours } from "../../../src/config/calendars";
import { routesSchema, writtenRoute } from "../../../src/config/routes";
import { dayMs, minuteMs } from "../../../src/core/duration";
import { previewRoutes, type PastAlert } from "../../../src/core/notify/route-preview";
import type { ChannelTarget } from "../../../src/core/notify/channel-target";

const channels: readonly ChannelTarget[] = [
  { name: "phone", audience: "people", edits: false },
  { name: "mail", audience: "people", edits: false },
];
const midnight = Date.parse("2026-03-02T00:00:00Z");
const calendars = calendarsSchema.parse({ night: hours("22:00-07:00", "UTC") });

function past(priority: PastAlert["priority"], minute: number, more: Partial<PastAlert> = {}): PastAlert {
  return {
    seq: minute,
    type: "SIGNAL",
    kind: "event",
    rule: "signal",
    fingerprint: "[]",
    source: "reports",
    symbol: "BTCUSDT",
    direction: "long",
    details: {},
    priority,
    raisedAt: midnight + minute * minuteMs,
    acknowledgedAt: null,
    endedAt: null,
    ...more,
  };
}

function days(routes: unknown, ...alerts: PastAlert[]) {
  const preview = previewRoutes(alerts, { channels, routing: { routes: routesSchema.parse(routes), calendars } });
  return preview.days.map(({ day, route, sent, atNight, folded }) => [
    (day - midnight) / dayMs,
    route,
    sent,
    atNight,
    folded,
  ]);
}

const to = { steps: [{ to: ["phone"] }] };
const hour = 60;
const at = (minute: number) => midnight + minute * minuteMs;

test("a route on the past: what is sent, held at night and folded, by the day on which it would have been", () => {
  const quiet = [{ name: "desk", ...to, quiet: "night" }];
  expect(
    days(
      quiet,
      past("high", 2 * hour),
      past("medium", 2 * hour + 1),
      past("medium", 3 * hour),
      past("medium", 12 * hour),
      past("low", 23 * hour),
    ),
  ).toEqual([
    [0, "desk", 3, 2, 1],
    [1, "desk", 1, 1, 0],
  ]);
});

test("what is over a budget is folded into the digest, and each day begins anew", () => {
  const budget = [{ name: "desk", ...to, group: "0s", budget: { perDay: 2 } }];
  const noon = 12 * hour;
  const alerts = [0, 1, 2, 3, 24 * hour].map((after) => past("medium", noon + after));
  expect(days(budget, ...alerts)).toEqual([
    [0, "desk", 2, 0, 0],
    [1, "desk", 2, 0, 2],
  ]);
});

test("an escalation counts where no one had the alert by then and it stood", () => {
  const escalating = [
    { name: "desk", steps: [{ to: ["phone"] }, { after: "5m", to: ["mail"], unless: "acknowledged" }], group: "0s" },
  ];
  expect(days(escalating, past("high", 10))).toEqual([[0, "desk", 2, 0, 0]]);
  expect(days(escalating, past("high", 10, { acknowledgedAt: at(12) }))).toEqual([[0, "desk", 1, 0, 0]]);
  expect(days(escalating, past("high", 10, { endedAt: at(12) }))).toEqual([[0, "desk", 1, 0, 0]]);
  expect(days(escalating, past("high", 10, { acknowledgedAt: at(16), endedAt: at(17) }))).toEqual([
    [0, "desk", 2, 0, 0],
  ]);
});

test.each([
  [{ name: "a", match: [], steps: [{ after: "0s", to: ["phone"] }], stop: false }],
  [
    {
      name: "b",
      match: [{ name: "priority", op: ">=" as const, value: "medium" }],
      steps: [{ after: "90s", to: ["phone", "mail"], unless: "acknowledged" as const }],
      group: "5m",
      repeat: { every: "4h", max: 6 },
      quiet: "night",
      budget: { perDay: 12 },
      digest: "08:05",
      stop: true,
    },
  ],
])("a route is written as it was read: %j", (route) => {
  expect(routesSchema.parse([route]).map(writtenRoute)).toEqual([route]);
});
