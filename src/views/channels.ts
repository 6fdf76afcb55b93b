import { z } from "zod";
import { dayMs } from "../core/duration";
import {
  acceptedSince,
  channelState,
  digestOf,
  exemptSince,
  lastLatencies,
  waitingFor,
  type ChannelStateRow,
} from "../store/channel-figures";
import type { Database } from "../store/db";
import { storedJson } from "../store/fault";
import { deliveryShape } from "./deliveries";
import { text, time } from "./fields";
import { isoOf } from "./shape";

const lastTestShape = z.object({
  at: time,
  outcome: z.enum(["accepted", "failed"]),
  seconds: z.number().meta({ description: "from the request to the answer" }),
});
type LastTest = z.infer<typeof lastTestShape>;

/** What came of a test. */
export const channelTestShape = lastTestShape
  .extend({ answer: text.meta({ description: "what the channel said" }), delivery: deliveryShape })
  .meta({ id: "ChannelTested" });
export type ChannelTested = z.infer<typeof channelTestShape>;

const seconds = z.number().nullable();
const whole = z.number().int().nullable();

export const channelShape = z
  .object({
    name: z.string(),
    kind: z.string(),
    origin: z.enum(["config", "runtime"]).meta({ description: "config: changed in virtuoso.config.ts alone" }),
    audience: z.enum(["people", "machines"]),
    settings: z.record(z.string(), z.unknown()).meta({ description: "without its secrets" }),
    secrets: z.array(z.string()).meta({ description: "the names of settings that are set and shown nowhere" }),
    give_up_seconds: z.number().meta({ description: "how long a message is tried" }),
    created_at: time.nullable().meta({ description: "null: it stands in the config" }),
    created_by: text,
    state: z.enum(["up", "failing", "broken"]).meta({
      description:
        "up: messages are sent over it. failing: the last try failed, and it is tried again. broken: it is not tried until mended",
    }),
    since: time.nullable().meta({ description: "null: it was never tried" }),
    last_delivered_at: time.nullable(),
    today: z.object({ sent: z.number().int(), budget: whole, exempt: whole }).meta({
      description:
        "since midnight UTC; budget null: none of its routes has one, or one of them has none. exempt: those of high priority",
    }),
    latency: z
      .object({ p50: seconds, p95: seconds })
      .meta({ description: "from the commit to the acceptance, of the last 1000 it accepted; null: there are none" }),
    last_answer: text.meta({ description: "what it answered last, or why it cannot be used" }),
    last_test: lastTestShape.nullable(),
    waiting: z.number().int().meta({ description: "how many deliveries are due" }),
    digest: z
      .object({ at: time, size: z.number().int() })
      .nullable()
      .meta({ description: "the next, and how many deliveries wait for it; null: none is owed" }),
  })
  .meta({ id: "Channel" });
export type ChannelShape = z.infer<typeof channelShape>;

/** A channel as far as it is known without looking at what was sent. Times are epoch ms. */
export interface ChannelFacts extends Pick<
  ChannelShape,
  "name" | "kind" | "origin" | "audience" | "settings" | "secrets"
> {
  readonly giveUpMs: number;
  /** Null: of the config. */
  readonly createdAt: number | null;
  readonly createdBy: string | null;
  /** Why its secrets cannot be read and what to do; null where they can. */
  readonly locked: string | null;
}

const latenciesMax = 1000;

/** As much of a channel as its health is judged by. */
export type ChannelStanding = Pick<ChannelShape, "name" | "state" | "last_answer" | "waiting">;

export function standingOf(
  database: Database,
  { name, locked }: Pick<ChannelFacts, "name" | "locked">,
  now: number,
  row = channelState(database, name),
): ChannelStanding {
  return {
    name,
    state: locked === null ? stateOf(row) : "broken",
    last_answer: locked ?? row?.lastAnswer ?? null,
    waiting: waitingFor(database, name, now),
  };
}

/** `budget`: most messages of its routes a day; null where it has none. */
export function shapeChannel(
  database: Database,
  facts: ChannelFacts,
  budget: number | null,
  now: number,
): ChannelShape {
  const { name, kind, origin, audience, settings, secrets, giveUpMs, createdAt, createdBy } = facts;
  const row = channelState(database, name);
  const midnight = now - (now % dayMs);
  const digest = digestOf(database, name);
  const latencies = lastLatencies(database, name, latenciesMax).toSorted((a, b) => a - b);
  const { state, last_answer, waiting } = standingOf(database, facts, now, row);
  return {
    name,
    kind,
    origin,
    audience,
    settings,
    secrets,
    give_up_seconds: giveUpMs / 1000,
    created_at: timeOf(createdAt),
    created_by: createdBy,
    state,
    since: timeOf(row?.since ?? createdAt),
    last_delivered_at: timeOf(row?.lastDeliveredAt ?? null),
    today: {
      sent: acceptedSince(database, name, midnight),
      budget,
      exempt: budget === null ? null : exemptSince(database, name, midnight),
    },
    latency: { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) },
    last_answer,
    last_test: testOf(row),
    waiting,
    digest: digest && { ...digest, at: isoOf(digest.at) },
  };
}

function stateOf(row: ChannelStateRow | null): ChannelShape["state"] {
  return (row?.state ?? "up") as ChannelShape["state"];
}

function testOf(row: ChannelStateRow | null): LastTest | null {
  return row?.lastTest ? storedJson(row.lastTest, lastTestShape) : null;
}

/** By rank, s; null of none. `sorted`: ms, the least first. */
function percentile(sorted: readonly number[], share: number): number | null {
  const ms = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return ms === undefined ? null : ms / 1000;
}

function timeOf(at: number | null): string | null {
  return at === null ? null : isoOf(at);
}
