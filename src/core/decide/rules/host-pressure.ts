import { minuteMs } from "../../duration";
import type { DecisionContext } from "../context";
import { hostReadings, type HostMeasured, type HostReading } from "../../observation";
import type { HostLimit } from "../../settings";
import { formatBytes, formatDuration } from "../../text";
import { systemAlert, systemFingerprint } from "./system-alert";

type Unit = "percent" | "seconds" | "bytes";

const words: Readonly<Record<HostReading, { readonly what: string; readonly unit: Unit }>> = {
  process_cpu: { what: "CPU of this process", unit: "percent" },
  cpu: { what: "CPU of the host", unit: "percent" },
  memory: { what: "Memory of the host", unit: "percent" },
  disk: { what: "Disk of the data folder", unit: "percent" },
  lag: { what: "Event loop lag", unit: "seconds" },
  database: { what: "Database", unit: "bytes" },
  clock: { what: "The wall clock jumped", unit: "seconds" },
  clock_ahead: {
    what: "Nothing old is removed: the clock is ahead of what is confirmed (if it is right: virtuoso clock confirm)",
    unit: "seconds",
  },
  backup: { what: "Age of the last backup", unit: "seconds" },
  slow_answers: { what: "One answer in a hundred takes", unit: "seconds" },
  errors: { what: "Answers that fail", unit: "percent" },
  cache_misses: { what: "Answers prepared anew", unit: "percent" },
};

/** Shorter than this, fractions of a second matter. */
const wholeSecondsFrom = 10;

const format: Readonly<Record<Unit, (value: number) => string>> = {
  percent: (value) => `${round(value)} %`,
  seconds: (value) =>
    Math.abs(value) < wholeSecondsFrom ? `${round(value)} s` : `${value < 0 ? "-" : ""}${formatDuration(value * 1000)}`,
  bytes: formatBytes,
};

/** A reading that cannot be had for so long says nothing any more. */
const missingForMs = 15 * minuteMs;

/** A reading over its limit for as long as it must be: a blip raises nothing. One that is missing changes nothing for a while. */
export function judgeHost(context: DecisionContext, { readings }: HostMeasured): void {
  for (const name of hostReadings) {
    const value = readings[name];
    const limit = context.settings.host[name];
    if (value === undefined) miss(context, name);
    else if (limit === undefined) continue;
    else if (Math.abs(value) <= limit.above) clear(context, name);
    else press(context, name, value, limit);
  }
}

function miss(context: DecisionContext, name: HostReading): void {
  const pressure = context.state.get("pressure", name);
  if (!pressure || context.settings.edition < 1) return;
  const { since, missingSince = context.now } = pressure;
  if (context.now - missingSince >= missingForMs) {
    context.state.set("pressure", name, null);
    context.release(systemFingerprint("host-pressure", name), "not-repeated");
  } else if (pressure.missingSince === undefined) context.state.set("pressure", name, { since, missingSince });
}

function clear(context: DecisionContext, name: HostReading): void {
  if (context.state.get("pressure", name)) context.state.set("pressure", name, null);
  context.release(systemFingerprint("host-pressure", name));
}

function press(context: DecisionContext, name: HostReading, value: number, { above, forMs }: HostLimit): void {
  const pressure = context.state.get("pressure", name);
  const since = pressure?.since;
  if (!pressure || pressure.missingSince !== undefined)
    context.state.set("pressure", name, { since: since ?? context.now });
  const heldMs = context.now - (since ?? context.now);
  if (heldMs < forMs) return;
  const { what, unit } = words[name];
  context.hold(
    systemAlert({
      rule: "host-pressure",
      subject: name,
      kind: "state",
      priority: name === "disk" ? "high" : "medium",
      message: `${what}: ${format[unit](value)}, over ${format[unit](above)}${heldMs > 0 ? ` for ${formatDuration(heldMs)}` : ""}`,
      source: null,
      expiresAt: null,
      details: { value: round(value), above, heldMs },
    }),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
