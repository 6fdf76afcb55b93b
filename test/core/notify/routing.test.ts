import { expect, test } from "bun:test";
import type { Priority } from "../../../src/core/alert";
import { exchangeCalendar, hours, calendarsSchema } from "../../../src/config/calendars";
import { missingChannel, routesSchema } from "../../../src/config/routes";
import { hourMs, minuteMs } from "../../../src/core/duration";
import { budgetNote } from "../../../src/core/notify/budget";
import { composeDigest } from "../../../src/core/notify/digest";
import { reminderAfter } from "../../../src/core/notify/remind";
import { claimForPeople, type Waiting } from "../../../src/core/notify/claim";
import { dueRow, type Delivery } from "../../../src/core/notify/delivery";
import type { ChannelTarget } from "../../../src/core/notify/channel-target";
import { planDeliveries, type AlertNews } from "../../../src/core/notify/plan";
import type { Routing } from "../../../src/core/notify/route";

const channels: readonly ChannelTarget[] = [
  { name: "phone", audience: "people", edits: false },
  { name: "mail", audience: "people", edits: false },
  { name: "hook", audience: "machines", edits: true },
];
const noon = Date.parse("2026-03-02T12:00:00Z");
const calendars = calendarsSchema.parse({
  night: hours("22:00-07:00", "Europe/Berlin"),
  session: exchangeCalendar("XNSE", {
    special: [{ date: "2026-11-08", hours: "18:00-19:00", why: "muhurat" }],
  }),
});

type Written = Parameters<typeof routesSchema.parse>[0];

function routingOf(routes: Written): Routing {
  return { routes: routes === null ? null : routesSchema.parse(routes), calendars };
}

/** What alerts raised one after another owe: channel, purpose, seconds from the first raise, and what it goes with. */
function owed(routes: Written, raised: readonly { priority: Priority; after?: number; symbol?: string }[], at = noon) {
  const rows: Delivery[] = [];
  for (const [index, { priority, after = 0, symbol = "BTCUSDT" }] of raised.entries()) {
    const alert = { ...anAlert, seq: index + 1, priority, symbol };
    const { due } = plan({ raised: [alert], changed: [], acknowledged: [] }, rows, routes, at + after * 1000);
    rows.push(...due.map((each, place) => dueRow(each, 100 * (index + 1) + place)));
  }
  return rows;
}

function plan(news: AlertNews, rows: readonly Delivery[], routes: Written, now: number) {
  return planDeliveries(news, {
    channels,
    routing: routingOf(routes),
    gatheringUntil: ({ channel, foldsWith, from, to }) =>
      rows.find((row) => row.channel === channel && row.foldsWith === foldsWith && row.dueAt > from && row.dueAt <= to)
        ?.dueAt ?? null,
    owesDigest: (channel) => rows.some((row) => row.channel === channel && row.purpose === "digest"),
    messagesBetween: ({ channel, route, from, to }) => messagesBetween(rows, channel, route, from, to),
    priorityOf: () => "high",
    deliveriesOf: (seq) => rows.filter(({ alertSeq }) => alertSeq === seq),
    now,
  });
}

function messagesBetween(rows: readonly Delivery[], channel: string, route: string, from: number, to: number): number {
  return rows.filter(
    (row) =>
      row.channel === channel &&
      row.route === route &&
      row.createdAt >= from &&
      row.createdAt < to &&
      row.foldsWith !== "digest",
  ).length;
}

const anAlert = {
  type: "SIGNAL",
  kind: "event",
  rule: "signal",
  fingerprint: "[]",
  source: "reports",
  symbol: "BTCUSDT",
  direction: "long",
  details: {},
} as const;

const shown = (rows: readonly Delivery[], at = noon) =>
  rows.map(({ channel, purpose, dueAt, foldsWith }) => [channel, purpose, (dueAt - at) / 1000, foldsWith]);

const escalating = [
  {
    name: "desk",
    steps: [{ to: ["phone", "hook"] }, { after: "5m", to: ["mail"], unless: "acknowledged" }],
  },
];

test("without routes high goes at once, medium is gathered for people and low is left to one digest", () => {
  const untilEight = 20 * 3600;
  expect(shown(owed(null, [{ priority: "high" }, { priority: "low" }, { priority: "low" }]))).toEqual([
    ["phone", "raise", 0, null],
    ["mail", "raise", 0, null],
    ["hook", "raise", 0, null],
    ["phone", "digest", untilEight, "digest"],
    ["mail", "digest", untilEight, "digest"],
  ]);
  expect(shown(owed(null, [{ priority: "medium" }, { priority: "medium", after: 20 }]))).toEqual([
    ["hook", "raise", 0, null],
    ["phone", "raise", 30, "default"],
    ["mail", "raise", 30, "default"],
    ["hook", "raise", 20, null],
    ["phone", "raise", 30, "default"],
    ["mail", "raise", 30, "default"],
  ]);
});

test("every route that matches, in order, up to one that stops; a channel is sent the first of them", () => {
  const match = [{ name: "symbol", op: "=", value: "SOLUSDT" }];
  const routes = [
    { name: "sol", match, steps: [{ to: ["mail"] }], stop: true },
    { name: "all", steps: [{ to: ["phone"] }], group: "0s" },
    { name: "late", steps: [{ to: ["phone", "hook"] }], group: "10s" },
  ];
  expect(owed(routes, [{ priority: "high", symbol: "SOLUSDT" }]).map(({ route, channel }) => [route, channel])).toEqual(
    [["sol", "mail"]],
  );
  expect(owed(routes, [{ priority: "high" }]).map(({ route, channel }) => [route, channel])).toEqual([
    ["all", "phone"],
    ["late", "hook"],
  ]);
  expect(owed(routes.slice(0, 1), [{ priority: "high" }])).toEqual([]);
});

test("escalation is written with the raise, and stops at the acknowledgement and at the end", () => {
  const rows = owed(escalating, [{ priority: "high" }]);
  expect(shown(rows)).toEqual([
    ["phone", "raise", 0, null],
    ["hook", "raise", 0, null],
    ["mail", "escalate", 300, null],
  ]);
  const escalation = rows[2];
  const acknowledgement = { by: "ada", at: noon, until: noon + hourMs, note: null };
  const nothing: AlertNews = { raised: [], changed: [], acknowledged: [] };
  const ended = { at: noon, supersededBy: null, reason: "by-hand" as const };
  for (const news of [
    { ...nothing, acknowledged: [{ seq: 1, acknowledgement }] },
    { ...nothing, changed: [{ seq: 1, state: "resolved" as const, ...ended }] },
    { ...nothing, changed: [{ seq: 1, state: "expired" as const, ...ended, reason: "superseded" as const }] },
  ]) {
    const { over, due } = plan(news, rows, escalating, noon + minuteMs);
    expect(over).toContainEqual({ seq: escalation?.seq ?? 0, state: "withdrawn", endedAt: noon + minuteMs });
    expect(due.map(({ channel }) => channel)).not.toContain("mail");
  }
  // Given back: it is not owed anew, and what still waits stays.
  expect(plan({ ...nothing, acknowledged: [{ seq: 1, acknowledgement: null }] }, rows, escalating, noon).over).toEqual(
    [],
  );
});

test.each([
  ["in summer", "2026-07-01T22:30:00Z", "2026-07-02T05:00:00Z"],
  ["in winter", "2026-12-01T23:30:00Z", "2026-12-02T06:00:00Z"],
  ["as the clock goes forward", "2026-03-28T23:30:00Z", "2026-03-29T05:00:00Z"],
  ["as the clock goes back", "2026-10-24T23:30:00Z", "2026-10-25T06:00:00Z"],
])("quiet hours %s: medium waits for their close, high and machines do not", (_, at, close) => {
  const quiet = [{ name: "desk", steps: [{ to: ["phone", "hook"] }], quiet: "night", group: "0s" }];
  const raisedAt = Date.parse(at);
  const [hook, phone] = owed(quiet, [{ priority: "medium" }], raisedAt);
  expect([hook?.channel, hook?.dueAt, hook?.foldsWith]).toEqual(["hook", raisedAt, null]);
  expect([phone?.channel, phone?.dueAt, phone?.foldsWith]).toEqual(["phone", Date.parse(close), "quiet"]);
  expect(owed(quiet, [{ priority: "high" }], raisedAt).map(({ dueAt }) => dueAt)).toEqual([raisedAt, raisedAt]);
});

test.each([
  ["a session", "2026-11-09T05:00:00Z", "2026-11-09T10:00:00Z"],
  ["a holiday", "2026-11-10T05:00:00Z", "2026-11-10T05:00:00Z"],
  ["a special session", "2026-11-08T13:00:00Z", "2026-11-08T13:30:00Z"],
])("quiet during %s of an exchange", (_, at, dueAt) => {
  const quiet = [{ name: "desk", steps: [{ to: ["phone"] }], quiet: "session", group: "0s" }];
  const [row] = owed(quiet, [{ priority: "low" }], Date.parse(at));
  expect(new Date(row?.dueAt ?? 0).toISOString()).toBe(new Date(dueAt).toISOString());
});

test("of a daily budget low has 80 %, medium all of it, and high more; what is over waits for one digest", () => {
  const budget = [
    { name: "desk", steps: [{ to: ["phone", "hook"] }], group: "0s", budget: { perDay: 5 }, digest: "13:00" },
  ];
  const raised = ["low", "low", "low", "low", "low", "medium", "medium", "high"] as const;
  const rows = owed(
    budget,
    raised.map((priority, after) => ({ priority, after })),
  );
  const toPhone = rows.filter(({ channel, purpose }) => channel === "phone" && purpose === "raise");
  expect(toPhone.map(({ foldsWith }) => foldsWith)).toEqual([null, null, null, null, "digest", null, "digest", null]);
  expect(rows.filter(({ channel }) => channel === "hook").every(({ foldsWith }) => foldsWith === null)).toBe(true);
  const digests = rows.filter(({ purpose }) => purpose === "digest");
  expect(digests.map(({ channel, dueAt }) => [channel, dueAt])).toEqual([["phone", noon + hourMs]]);
  expect(toPhone[4]?.dueAt).toBe(noon + hourMs);
  // The day after it begins anew.
  expect(
    owed(budget, [...raised.map((priority) => ({ priority })), { priority: "low", after: 86_400 }]).at(-2),
  ).toMatchObject({
    channel: "phone",
    foldsWith: null,
  });
});

test.each([
  [3, null],
  [4, "4 of 5 messages of today are sent: low alerts now wait for the digest; most come from the rule signal (3)"],
  [
    5,
    "5 of 5 messages of today are sent: low and medium alerts now wait for the digest; most come from the rule signal (3)",
  ],
  [6, null],
])("message %d of a budget of 5 says: %p", (sent, words) => {
  expect(budgetNote(5, sent, { rule: "signal", count: 3 })).toBe(words);
});

const repeating = [
  { name: "desk", steps: [{ to: ["phone"] }], quiet: "night", group: "0s", repeat: { every: "4h", max: 2 } },
];

test("a reminder follows each message, so often; outside quiet hours where it is not of high priority", () => {
  const context = { channels, routing: routingOf(repeating), messagesBetween: () => 0, now: noon };
  const sent = owed(repeating, [{ priority: "medium" }]).map((row): Delivery => ({ ...row, state: "sent" }));
  const [raise] = sent;
  if (raise === undefined) throw new Error("a raise is owed");
  const first = reminderAfter(raise, "medium", sent, context);
  expect(first).toMatchObject({ purpose: "remind", step: 0, dueAt: noon + 4 * hourMs, channel: "phone" });
  const reminder: Delivery = { ...raise, purpose: "remind", seq: 900 };
  expect(reminderAfter(raise, "medium", [raise, { ...reminder, state: "due" }], context)).toBeNull();
  const evening = { ...context, now: noon + 8 * hourMs };
  // 20:00 UTC and 4 h is night in Berlin, until 06:00 UTC.
  expect(reminderAfter(reminder, "medium", [raise, reminder], evening)?.dueAt).toBe(noon + 18 * hourMs);
  expect(reminderAfter(reminder, "high", [raise, reminder], evening)?.dueAt).toBe(noon + 12 * hourMs);
  expect(reminderAfter(reminder, "high", [raise, reminder, { ...reminder, seq: 901 }], evening)).toBeNull();
});

test("a digest says what became of its day, and nothing where nothing did", () => {
  const nothing = { raised: {}, heldBack: {}, sent: 3, failed: 0, named: [], more: 0 };
  expect(composeDigest(nothing)).toBeNull();
  const named = [{ priority: "low" as const, message: "BTCUSDT: Long 71" }];
  expect(
    composeDigest({
      ...nothing,
      raised: { high: 1, low: 12 },
      heldBack: { cooldown: 4, cap: 1 },
      failed: 1,
      named,
      more: 11,
    }),
  ).toEqual({
    title: "Digest: 13 alerts in 24 h, 5 held back",
    text: `Digest: 13 alerts in 24 h, 5 held back
raised: 1 high, 12 low
held back: 4 cooldown, 1 cap
sent here: 3 messages, 1 failed
- low: BTCUSDT: Long 71
- 11 more`,
  });
});

test("a storm of 500 alike is one message", () => {
  const raised = Array.from({ length: 500 }, (_, index) => ({ priority: "medium" as const, after: index / 20 }));
  const rows = owed([{ name: "desk", steps: [{ to: ["phone"] }] }], raised);
  const now = noon + 30_000;
  const alert = { type: "SIGNAL", kind: "event", priority: "medium", raisedAt: noon, expiresAt: null } as const;
  const waiting = rows
    .filter(({ dueAt }) => dueAt <= now)
    .map((row): Waiting => ({ ...row, alert: { ...alert, state: "open" }, raise: "due" }));
  const { messages } = claimForPeople(waiting, false, now);
  expect(messages.map(({ folded }) => folded.length)).toEqual([499]);
});

test.each([
  [[{ name: "a", steps: [{ to: ["fax"] }] }], "the route a names the channel fax: expected one of phone, mail"],
  [escalating, "the route desk names the channel hook: expected one of phone, mail"],
  [[{ name: "a", steps: [{ to: ["mail"] }] }], null],
])("a channel that is not there is named: %j", (routes, words) => {
  expect(missingChannel(routesSchema.parse(routes), ["phone", "mail"])).toBe(words);
});

test.each([
  [[{ name: "a" }], "steps"],
  [[{ name: "a", steps: [{ to: [] }] }], "to"],
  [[{ name: "a", steps: [{ to: ["b"], unless: "asleep" }] }], "acknowledged"],
  [[{ name: "a", steps: [{ to: ["b"] }], digest: "8 am" }], "time of day"],
  [
    [
      { name: "a", steps: [{ to: ["b"] }] },
      { name: "a", steps: [{ to: ["b"] }] },
    ],
    "differ",
  ],
])("what cannot be meant is refused: %j", (routes, word) => {
  expect(JSON.stringify(routesSchema.safeParse(routes).error?.issues)).toContain(word);
});
