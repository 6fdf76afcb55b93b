import { dayMs } from "../core/duration";
import type { ChannelTarget } from "../core/notify/channel-target";
import { previewRoutes } from "../core/notify/route-preview";
import type { Routing } from "../core/notify/route";
import { alertsRaisedBetween, matchedOf } from "../store/alerts";
import type { Database } from "../store/db";
import type { RoutePreviewShape } from "../views/routes";
import { isoOf } from "../views/shape";

const windowMs = 7 * dayMs;
const alertsMax = 20_000;

/** What routes would have made of the alerts of the last 7 days. */
export function previewRouting(
  database: Database,
  channels: readonly ChannelTarget[],
  routing: Routing,
  now: number,
): RoutePreviewShape {
  const rows = alertsRaisedBetween(database, now - windowMs, now + 1, alertsMax + 1);
  const alerts = rows.slice(-alertsMax);
  const { days, unrouted } = previewRoutes(
    alerts.map((row) => ({ ...row, ...matchedOf(row) })),
    { channels, routing },
  );
  return {
    since: isoOf(now - windowMs),
    until: isoOf(now),
    complete: rows.length <= alertsMax,
    alerts: alerts.length,
    unrouted,
    days: days.map(({ day, atNight, ...counts }) => ({ day: isoOf(day).slice(0, 10), ...counts, at_night: atNight })),
  };
}
