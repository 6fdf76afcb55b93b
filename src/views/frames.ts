import { z } from "zod";
import { storeFaults } from "../core/store-fault";
import { tunablesSchema } from "../core/tunables";
import { alertShape } from "./alerts";
import { channelShape } from "./channels";
import { deliveryShape } from "./deliveries";
import { marketShape } from "./market";
import { opportunityShape } from "./opportunities";
import { overviewShape } from "./overview-shape";
import { signalShape } from "./signals";
import { silenceShape } from "./silences";

/** Every frame of the WebSocket, and the only place that writes one: a frame without a schema does not compile. */

/** What a socket may subscribe to; the first five from the start. */
export const topics = [
  "signals",
  "alerts",
  "alpha",
  "market",
  "system",
  "health",
  "pipeline",
  "portfolios",
  "logs",
  "activity",
] as const;
export type Topic = (typeof topics)[number];
export const defaultTopics: readonly Topic[] = topics.slice(0, 5);

const timestamp = z.iso.datetime().meta({ description: "ISO 8601, UTC, milliseconds" });
const seq = z.number().int().min(0).meta({ description: "place in the one order of everything, to resume from" });
const epoch = z.string().meta({ description: "names the database; another one after a backup was restored" });
const event = { seq, timestamp };
/** Outside the order where it is about what cannot be stored. */
const alertEvent = { seq: seq.optional(), timestamp, alert: alertShape };

const newSignal = z
  .strictObject({ type: z.literal("new_signal"), ...event, signal: signalShape })
  .meta({ id: "NewSignal", description: "A signal was read for the first time." });
const signalChanged = z
  .strictObject({ type: z.literal("signal_changed"), ...event, signal: signalShape })
  .meta({ id: "SignalChanged", description: "Its source states a known signal differently." });
const newAlert = z
  .strictObject({ type: z.literal("new_alert"), ...alertEvent })
  .meta({ id: "NewAlert", description: "An alert was raised." });
const alertChanged = z
  .strictObject({ type: z.literal("alert_changed"), ...alertEvent })
  .meta({ id: "AlertChanged", description: "An alert was acknowledged, resolved or replaced, or it expired." });
const alphaOpportunity = z
  .strictObject({ type: z.literal("alpha_opportunity"), ...event, opportunity: opportunityShape })
  .meta({ id: "NewOpportunity", description: "An alpha opportunity was found or reported." });
const marketUpdate = z
  .strictObject({ type: z.literal("market_update"), ...event, market: marketShape })
  .meta({ id: "MarketUpdate", description: "A new view of the market." });
const settingsChanged = z
  .strictObject({ type: z.literal("settings_changed"), ...event, config: tunablesSchema })
  .meta({ id: "SettingsChanged", description: "Other runtime settings are in force." });
const deliveryChanged = z
  .strictObject({ type: z.literal("delivery_changed"), ...event, delivery: deliveryShape })
  .meta({ id: "DeliveryChanged", description: "A message was accepted, refused, put off or taken back." });
const channelChanged = z
  .strictObject({ type: z.literal("channel_changed"), ...event, channel: channelShape, removed: z.boolean() })
  .meta({ id: "ChannelChanged", description: "A channel was made, changed or removed, tested, broke or works again." });

const silencesChanged = z
  .strictObject({ type: z.literal("silences_changed"), ...event, silences: z.array(silenceShape) })
  .meta({ id: "SilencesChanged", description: "Silences were made, changed or ended: those, as they are now." });

/** What is committed, has its place in the order and can be sent again to a client that resumes. */
export const eventFrame = z.discriminatedUnion("type", [
  newSignal,
  signalChanged,
  newAlert,
  alertChanged,
  alphaOpportunity,
  marketUpdate,
  settingsChanged,
  deliveryChanged,
  channelChanged,
  silencesChanged,
]);
export type EventFrame = z.infer<typeof eventFrame>;

const heldBack = z
  .strictObject({ type: z.literal("held_back"), timestamp, counts: overviewShape.shape.held_back })
  .meta({ id: "HeldBack", description: "How many alerts each gate held back in the last 4 h; at most once a second." });
const storeFault = z
  .strictObject({ type: z.literal("store_fault"), timestamp, fault: z.enum(storeFaults).nullable() })
  .meta({ id: "StoreFault", description: "Nothing can be stored; null: it can again." });

const dashboardUpdate = z
  .strictObject({ type: z.literal("dashboard_update"), timestamp, data: overviewShape })
  .meta({ id: "DashboardUpdate", description: "The overview as it is now: after hello, then with every heartbeat." });
const hello = z
  .strictObject({
    type: z.literal("hello"),
    timestamp,
    epoch,
    seq,
    heartbeat_seconds: z.number(),
    version: z.string().meta({ description: "of the program, for pages that an older one served" }),
    config: tunablesSchema,
  })
  .meta({ id: "Hello", description: "The first frame of every connection." });
const events = z
  .strictObject({ type: z.literal("events"), timestamp, items: z.array(eventFrame) })
  .meta({ id: "Events", description: "Many events at once, up to 256 KiB, in their order." });
const subscribed = z
  .strictObject({ type: z.literal("subscribed"), timestamp, topics: z.array(z.enum(topics)) })
  .meta({ id: "Subscribed", description: "The answer to subscribe." });
const resumed = z
  .strictObject({ type: z.literal("resumed"), timestamp, seq })
  .meta({ id: "Resumed", description: "The end of resume: everything missed was sent." });
const resync = z
  .strictObject({ type: z.literal("resync"), epoch, seq, timestamp, data: overviewShape })
  .meta({ id: "Resync", description: "The end of resume where the missed events are gone or too many: start afresh." });
const pong = z.strictObject({ type: z.literal("pong"), timestamp }).meta({ id: "Pong", description: "Answers ping." });
const error = z
  .strictObject({ type: z.literal("error"), timestamp, code: z.enum(["bad-frame", "not-allowed"]) })
  .meta({ id: "Refused", description: "A frame was refused; twenty bad ones close the socket." });

export const serverFrame = z.discriminatedUnion("type", [
  hello,
  dashboardUpdate,
  ...eventFrame.options,
  events,
  heldBack,
  storeFault,
  subscribed,
  resumed,
  resync,
  pong,
  error,
]);
export type ServerFrame = z.infer<typeof serverFrame>;
export type FrameType = ServerFrame["type"];
export type FrameOf<T extends FrameType> = Extract<ServerFrame, { readonly type: T }>;
export const frameTypes: readonly FrameType[] = serverFrame.options.map(({ shape }) => shape.type.value);

/** The topic of every frame that has one; the others go to every socket, or to the one that sent something. */
export const topicOf = {
  new_signal: "signals",
  signal_changed: "signals",
  new_alert: "alerts",
  alert_changed: "alerts",
  held_back: "alerts",
  alpha_opportunity: "alpha",
  market_update: "market",
  settings_changed: "system",
  delivery_changed: "system",
  channel_changed: "system",
  silences_changed: "system",
  store_fault: "system",
} as const satisfies Readonly<Record<EventFrame["type"], Topic> & Partial<Record<FrameType, Topic>>>;
export type TopicFrame = FrameOf<keyof typeof topicOf>;

export const clientFrame = z.discriminatedUnion("type", [
  z
    .strictObject({ type: z.literal("subscribe"), topics: z.array(z.enum(topics)).max(topics.length) })
    .meta({ id: "Subscribe", description: "From now on these topics and no others; answered by subscribed." }),
  z
    .strictObject({ type: z.literal("resume"), epoch: z.string().max(100), seq })
    .meta({ id: "Resume", description: "Send what came after seq; ends with resumed or resync." }),
  z.strictObject({ type: z.literal("ping") }).meta({ id: "Ping", description: "Answered by pong." }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

/** How each frame of a client is answered, where it is not refused by `error`. */
export const answersOf = {
  subscribe: ["subscribed"],
  resume: ["resumed", "resync"],
  ping: ["pong"],
} as const satisfies Readonly<Record<ClientFrame["type"], readonly FrameType[]>>;

/** A frame as it is sent and kept: its JSON, written once however many sockets receive it. */
export class WrittenFrame {
  readonly #text: string;

  private constructor(
    readonly type: FrameType,
    text: string,
  ) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  static of(frame: ServerFrame): WrittenFrame {
    return new WrittenFrame(frame.type, JSON.stringify(frame));
  }

  /** As it was kept, by this version or an earlier one. */
  static kept(text: string): WrittenFrame {
    return new WrittenFrame(typeOf(text), text);
  }

  /** Several events as one frame, sent at `timestamp`. */
  static batch(timestamp: string, items: readonly WrittenFrame[]): WrittenFrame {
    return new WrittenFrame(
      "events",
      `{"type":"events","timestamp":"${timestamp}","items":[${items.map(({ text }) => text).join(",")}]}`,
    );
  }
}

/** The type of a frame that was written here, which begins with it. */
function typeOf(text: string): FrameType {
  const start = '{"type":"'.length;
  return text.slice(start, text.indexOf('"', start)) as FrameType;
}

/** A committed event on its way to the store and the sockets. `at`: epoch ms. */
export interface Event {
  readonly seq: number;
  readonly topic: Topic;
  readonly at: number;
  readonly frame: WrittenFrame;
}

/** One event and what it carries. `at`: epoch ms. */
export function eventFrom<T extends EventFrame["type"]>(type: T, seq: number, at: number, body: BodyOf<T>): Event {
  const frame = { type, seq, timestamp: new Date(at).toISOString(), ...body } as unknown as FrameOf<T>;
  return { seq, topic: topicOf[type], at, frame: WrittenFrame.of(frame) };
}

type BodyOf<T extends FrameType> = Omit<FrameOf<T>, "type" | "seq" | "timestamp">;
