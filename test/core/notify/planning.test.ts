import { expect, test } from "bun:test";
import * as fc from "fast-check";
import type { AlertState, Priority } from "../../../src/core/alert";
import { afterTry, newChannel, type ChannelHealth, type Tried } from "../../../src/core/notify/channel-health";
import { claimForMachines, claimForPeople, isPile, type Waiting } from "../../../src/core/notify/claim";
import {
  begins,
  dueRow,
  type Delivery,
  type DeliveryMark,
  type DeliveryState,
} from "../../../src/core/notify/delivery";
import { marksAfter, marksOnceGivenUp } from "../../../src/core/notify/marks";
import type { ChannelTarget } from "../../../src/core/notify/channel-target";
import type { PlanContext } from "../../../src/core/notify/plan-context";
import { planDeliveries, type AlertNews } from "../../../src/core/notify/plan";
import type { Routing } from "../../../src/core/notify/route";
import { hourMs, minuteMs } from "../../../src/core/duration";

const channels = [
  { name: "phone", audience: "people", edits: false },
  { name: "board", audience: "people", edits: true },
  { name: "hook", audience: "machines", edits: true },
] as const satisfies readonly ChannelTarget[];
const giveUpMs = 6 * hourMs;
const standsForMs = 2 * hourMs;

const anAlert = {
  type: "SIGNAL",
  rule: "any",
  fingerprint: "[]",
  source: null,
  symbol: null,
  direction: null,
  details: {},
} as const;
const someone = { by: "ada", at: 0, until: hourMs, note: null };

interface ModelAlert {
  readonly seq: number;
  readonly kind: "event" | "state";
  readonly priority: Priority;
  readonly raisedAt: number;
  readonly expiresAt: number | null;
  state: AlertState;
}

/** The outbox in memory, moved by the same pure functions as the one in the database. */
class Model {
  now = 0;
  readonly alerts = new Map<number, ModelAlert>();
  readonly rows = new Map<number, Delivery>();
  /** What each channel accepted: the ids of messages, with what they spoke of. */
  readonly accepted: { readonly channel: string; readonly seqs: readonly number[] }[] = [];
  readonly health = new Map<string, ChannelHealth>(channels.map(({ name }) => [name, newChannel(0)]));
  #seq = 0;

  constructor(private readonly routing: Routing) {}

  raise(kind: "event" | "state", priority: Priority): void {
    const seq = ++this.#seq;
    const expiresAt = kind === "event" ? this.now + standsForMs : null;
    this.alerts.set(seq, { seq, kind, priority, raisedAt: this.now, expiresAt, state: "open" });
    this.#plan({ raised: [{ ...anAlert, seq, kind, priority }], changed: [], acknowledged: [] });
  }

  end(index: number): void {
    const open = [...this.alerts.values()].filter(({ state }) => state === "open" || state === "acknowledged");
    const alert = open[index % Math.max(1, open.length)];
    if (alert) this.#end(alert, "superseded");
  }

  acknowledge(index: number): void {
    const open = [...this.alerts.values()].filter(({ state }) => state === "open");
    const alert = open[index % Math.max(1, open.length)];
    if (!alert) return;
    alert.state = "acknowledged";
    this.#plan({ raised: [], changed: [], acknowledged: [{ seq: alert.seq, acknowledgement: someone }] });
  }

  pass(minutes: number): void {
    this.now += minutes * minuteMs;
    for (const alert of this.alerts.values())
      if (alert.expiresAt !== null && alert.expiresAt <= this.now && alert.state !== "expired")
        this.#end(alert, "expired");
    for (const { name } of channels) this.#mark(marksOnceGivenUp(this.#waiting(name), { now: this.now, giveUpMs }));
  }

  /** One round of tries; what the alert becomes while they are under way is `meanwhile`. */
  try(tried: Tried, meanwhile: () => void): void {
    const rounds = channels.flatMap((channel) => {
      const health = this.health.get(channel.name) ?? newChannel(0);
      if (health.state === "broken" || (health.pausedUntil ?? 0) > this.now) return [];
      const waiting = this.#waiting(channel.name).filter(({ dueAt }) => dueAt <= this.now);
      const claim =
        channel.audience === "machines"
          ? claimForMachines(waiting, { underWay: new Set(), free: 4, now: this.now })
          : claimForPeople(waiting, isPile(waiting, health.state !== "up", this.now), this.now);
      this.#mark(claim.over);
      return claim.messages.map((message) => ({ channel: channel.name, message }));
    });
    meanwhile();
    for (const { channel, message } of rounds) {
      const before = this.health.get(channel) ?? newChannel(0);
      const slots = channel === "hook" ? 4 : 1;
      this.health.set(channel, afterTry(before, tried, { now: this.now, slots, waitMs: () => minuteMs }));
      if (tried.outcome === "accepted")
        this.accepted.push({ channel, seqs: [message.carrier, ...message.folded].map(({ seq }) => seq) });
      this.#mark(marksAfter(message, tried, { now: this.now, giveUpMs, againAt: this.now + minuteMs }));
    }
  }

  mend(): void {
    for (const [name, health] of this.health) this.health.set(name, { ...health, state: "up", pausedUntil: null });
  }

  row(alertSeq: number, channel: string, purpose: string): Delivery | undefined {
    return [...this.rows.values()].find(
      (row) => row.alertSeq === alertSeq && row.channel === channel && row.purpose === purpose,
    );
  }

  /** At best, as the store finds it. */
  #beginning(alertSeq: number | null, channel: string): DeliveryState | null {
    const states = [...this.rows.values()]
      .filter((row) => row.alertSeq === alertSeq && row.channel === channel && begins(row.purpose))
      .map(({ state }) => state);
    return (["sent", "folded", "due"] as const).find((state) => states.includes(state)) ?? states[0] ?? null;
  }

  #end(alert: ModelAlert, reason: "superseded" | "expired"): void {
    alert.state = alert.kind === "state" ? "resolved" : "expired";
    const change = {
      seq: alert.seq,
      state: alert.state,
      reason: alert.kind === "state" ? "condition-over" : reason,
    } as const;
    this.#plan({ raised: [], changed: [change], acknowledged: [] });
  }

  #plan(news: AlertNews): void {
    const deliveriesOf = (alertSeq: number) => [...this.rows.values()].filter((row) => row.alertSeq === alertSeq);
    const { due, over } = planDeliveries(news, {
      channels,
      routing: this.routing,
      gatheringUntil: (wanted) => this.#gatheringUntil(wanted),
      owesDigest: () => true,
      messagesBetween: () => 0,
      priorityOf: (seq) => this.alerts.get(seq)?.priority ?? null,
      deliveriesOf,
      now: this.now,
    });
    for (const each of due) {
      const row = dueRow(each, ++this.#seq);
      this.rows.set(row.seq, row);
    }
    this.#mark(over);
  }

  /** As the store does. */
  #mark(marks: readonly DeliveryMark[]): void {
    for (const mark of marks) {
      const row = this.rows.get(mark.seq);
      const gotOut = mark.state === "sent" || mark.state === "folded";
      if (row && (row.state === "due" || gotOut)) this.rows.set(row.seq, { ...row, ...mark });
    }
  }

  #gatheringUntil({ channel, foldsWith, from, to }: Parameters<PlanContext["gatheringUntil"]>[0]): number | null {
    const times = [...this.rows.values()]
      .filter((row) => row.channel === channel && row.foldsWith === foldsWith && row.state === "due")
      .flatMap(({ dueAt }) => (dueAt > from && dueAt <= to ? [dueAt] : []));
    return times.length === 0 ? null : Math.max(...times);
  }

  #waiting(channel: string): Waiting[] {
    return [...this.rows.values()]
      .filter((row) => row.channel === channel && row.state === "due")
      .toSorted((one, other) => one.dueAt - other.dueAt || one.seq - other.seq)
      .map((row) => {
        const alert = this.alerts.get(row.alertSeq ?? 0);
        return {
          ...row,
          alert: alert ? { ...alert, type: "SIGNAL" as const } : null,
          raise: this.#beginning(row.alertSeq, channel),
        };
      });
  }
}

const outcomes: readonly Tried[] = [
  { outcome: "accepted", answer: "HTTP 200" },
  { outcome: "again", answer: "HTTP 500" },
  { outcome: "pause", answer: "HTTP 429", forMs: 5 * minuteMs },
  { outcome: "refused", answer: "HTTP 400" },
  { outcome: "broken", answer: "HTTP 404" },
];

const step: fc.Arbitrary<(model: Model) => void> = fc.oneof(
  fc
    .tuple(fc.constantFrom("event" as const, "state" as const), fc.constantFrom<Priority>("low", "medium", "high"))
    .map((raised) => (model: Model) => model.raise(...raised)),
  fc.nat(9).map((index) => (model: Model) => model.end(index)),
  fc.nat(9).map((index) => (model: Model) => model.acknowledge(index)),
  fc.integer({ min: 1, max: 90 }).map((minutes) => (model: Model) => model.pass(minutes)),
  fc.constant((model: Model) => model.mend()),
  fc.tuple(fc.constantFrom(...outcomes), fc.option(fc.nat(9))).map(
    ([tried, ends]) =>
      (model: Model) =>
        model.try(tried, () => (ends === null ? undefined : model.end(ends))),
  ),
);

const calendars: Routing["calendars"] = {};
const escalating: Routing = {
  calendars,
  routes: [
    {
      name: "desk",
      match: [{ name: "priority", op: ">=", value: "medium" }],
      steps: [
        { afterMs: 0, to: ["phone", "hook"], unlessAcknowledged: false },
        { afterMs: 5 * minuteMs, to: ["phone", "board"], unlessAcknowledged: true },
        { afterMs: 90 * minuteMs, to: ["hook"], unlessAcknowledged: false },
      ],
      groupMs: null,
      repeat: null,
      quiet: null,
      perDay: null,
      digestAt: null,
      stop: false,
    },
  ],
};

test.each([
  ["no route is configured", { routes: null, calendars }],
  ["a route escalates", escalating],
] as const)(
  "whatever is raised, ends and is answered where %s: each beginning ends once per channel, and no end is said where none got out",
  (_, routing: Routing) => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 80, size: "max" }), (steps) => {
        const model = new Model(routing);
        for (const each of steps) each(model);
        // Long enough for everything to be accepted or given up.
        model.mend();
        for (let round = 0; round < 80; round++) {
          model.pass(10);
          model.try({ outcome: "accepted", answer: "HTTP 200" }, () => undefined);
        }
        for (const { seq, priority } of model.alerts.values())
          for (const { name } of channels) {
            const raises = [...model.rows.values()].filter(
              (row) => row.alertSeq === seq && row.channel === name && row.purpose === "raise",
            );
            const isOwed = priority !== "low" && (routing.routes === null || name !== "board");
            expect(raises.map(({ state }) => state)).toEqual(
              isOwed ? [expect.stringMatching(/^(?:sent|failed|stale|folded|withdrawn)$/)] : [],
            );
          }
        for (const row of model.rows.values()) {
          expect(row.state).not.toBe("due");
          const beginnings = [...model.rows.values()].filter(
            (each) => each.alertSeq === row.alertSeq && each.channel === row.channel && begins(each.purpose),
          );
          const gotOut = beginnings.some(({ state }) => state === "sent" || state === "folded");
          if (!begins(row.purpose) && (row.state === "sent" || row.state === "folded")) expect(gotOut).toBe(true);
          const times = model.accepted.filter((each) => each.seqs.includes(row.seq)).length;
          expect(times).toBe(row.state === "sent" || row.state === "folded" ? 1 : 0);
        }
      }),
      { numRuns: 500 },
    );
  },
);
