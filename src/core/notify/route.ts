import type { Alert, Priority } from "../alert";
import { nextTimeOfDay, type Calendar } from "../calendar/calendar";
import { minuteMs } from "../duration";
import { matches, type Matched, type Matcher } from "../matcher";
import type { ChannelTarget } from "./channel-target";

/** Whom a route reaches, and when: at once, or where some time went by. */
interface RouteStep {
  readonly afterMs: number;
  /** Names of channels. */
  readonly to: readonly string[];
  /** Withdrawn once someone has the alert. */
  readonly unlessAcknowledged: boolean;
}

/** Which alerts go to whom, when, and how often. Plain data. */
export interface Route {
  /** Null: the one that holds where none is configured. */
  readonly name: string | null;
  /** Empty: it takes everything. */
  readonly match: readonly Matcher[];
  readonly steps: readonly RouteStep[];
  /** How long alerts are gathered into one message, ms; null: as their priority has it. */
  readonly groupMs: number | null;
  readonly repeat: { readonly everyMs: number; readonly max: number } | null;
  /** The calendar within whose hours only what is of high priority goes out. */
  readonly quiet: string | null;
  /** Most messages of a day and channel. */
  readonly perDay: number | null;
  /** When its daily digest is sent, minutes after midnight; null: it has none. */
  readonly digestAt: number | null;
  /** No route after it is looked at for what it takes. */
  readonly stop: boolean;
}

export interface Routing {
  /** In order; null: none is configured. */
  readonly routes: readonly Route[] | null;
  readonly calendars: Readonly<Record<string, Calendar>>;
}

const groupMs = minuteMs / 2;
/** What waits for a digest, and the digest. */
export const digestWord = "digest";
const defaultDigestAt = 8 * 60;

/** What holds where no route is configured: high at once and medium gathered to every channel, low in the daily digest. */
function impliedRoutes(channels: readonly ChannelTarget[]): readonly Route[] {
  const plain = { name: null, groupMs: null, repeat: null, quiet: null, perDay: null, stop: true };
  const to = channels.map(({ name }) => name);
  return [
    {
      ...plain,
      match: [{ name: "priority", op: ">=", value: "medium" }],
      steps: [{ afterMs: 0, to, unlessAcknowledged: false }],
      digestAt: null,
    },
    { ...plain, match: [], steps: [], digestAt: defaultDigestAt },
  ];
}

export function routesIn({ routes }: Routing, channels: readonly ChannelTarget[]): readonly Route[] {
  return routes ?? impliedRoutes(channels);
}

/** Those that take an alert, in order, up to the one that lets no other follow. */
export function routesOf(alert: Matched, routes: readonly Route[]): readonly Route[] {
  const taking = routes.filter(({ match }) => matches(match, alert));
  const last = taking.findIndex(({ stop }) => stop);
  return last < 0 ? taking : taking.slice(0, last + 1);
}

/** How long an alert waits for others to share its message, ms. */
export function gatheredMs({ groupMs: own }: Route, priority: Priority): number {
  return own ?? (priority === "high" ? 0 : groupMs);
}

/** When a route's daily digest is sent next, epoch ms: by the clock of its calendar. */
export function nextDigest({ digestAt, quiet }: Route, { calendars }: Routing, now: number): number {
  const zone = quiet === null ? undefined : calendars[quiet]?.zone;
  return nextTimeOfDay(zone ?? "UTC", digestAt ?? defaultDigestAt, now);
}

/** An alert about a channel that takes nothing is not owed to that channel. */
export function brokenChannelOf({ rule, details }: Pick<Alert, "rule" | "details">): unknown {
  return rule === "channel-broken" ? details["channel"] : null;
}
