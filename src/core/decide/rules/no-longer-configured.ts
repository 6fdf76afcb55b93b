import type { DecisionContext } from "../context";
import { hostReadings, type Configured } from "../../observation";
import type { Cells } from "../state";
import { externalAlertStandsForMs } from "./external-alert";

type Known = Cells["configured"];

/** Rules whose alerts speak of a source, by its name. */
const aboutSources = new Set(["source-silent", "source-unreachable", "reports-refused", "clock-offset"]);
const ofSources = ["source", "cadence", "intake", "offset", "missed"] as const;
/** The one source of alerts from outside there was when those had no end. */
const endlessSource = "alertmanager";

/**
 * The config was changed, or the program began anew: what an alert speaks of may be gone, or no longer what it was.
 * Then the alert ends.
 */
export function applyConfigured(context: DecisionContext, { sources, scanners, rules }: Configured): void {
  const configured = { sources, scanners, rules };
  const { state, settings, now } = context;
  const before = state.get("configured", "all");
  if (JSON.stringify(before) !== JSON.stringify(configured)) state.set("configured", "all", configured);
  forgetSources(context);
  for (const [fingerprint, condition] of state.entries("condition")) {
    const [, rule, subject] = JSON.parse(fingerprint) as string[];
    if (rule === undefined || subject === undefined) continue;
    if (isGone(context, configured, before, rule, subject)) context.release(fingerprint, "gone");
    else if (rule === endlessSource && condition.ends === undefined)
      state.set("condition", fingerprint, {
        ...condition,
        ends: { at: now + externalAlertStandsForMs, reason: "not-repeated" },
      });
  }
  for (const [source] of state.entries("offset"))
    if (isChanged(before?.sources, configured.sources, source)) state.set("offset", source, null);
  for (const [rule] of state.entries("rule"))
    if (!Object.hasOwn(configured.rules, rule) || isChanged(before?.rules, configured.rules, rule))
      state.set("rule", rule, null);
  for (const reading of hostReadings)
    if (settings.host[reading] === undefined && state.get("pressure", reading)) state.set("pressure", reading, null);
}

/** What is remembered of a source that is no longer configured; a last report of it may come in after it went. */
export function forgetSources({ state }: DecisionContext): void {
  const configured = state.get("configured", "all");
  if (!configured) return;
  for (const kind of ofSources) {
    for (const [source] of state.entries(kind))
      if (!Object.hasOwn(configured.sources, source)) state.set(kind, source, null);
  }
}

function isGone(
  { settings }: DecisionContext,
  configured: Known,
  before: Known | undefined,
  rule: string,
  subject: string,
): boolean {
  if (aboutSources.has(rule))
    return (
      !Object.hasOwn(configured.sources, subject) ||
      (rule === "clock-offset" && isChanged(before?.sources, configured.sources, subject))
    );
  switch (rule) {
    case "calendar-ending":
      return !Object.hasOwn(settings.calendars, subject);
    case "scanner-failing":
      return !configured.scanners.includes(subject);
    case "exchange-clock":
      return !configured.scanners.includes(`market:${subject}`);
    case "rule-failing":
      return !Object.hasOwn(configured.rules, subject) || isChanged(before?.rules, configured.rules, subject);
    case "host-pressure":
      return (
        !configured.scanners.includes("system") || settings.host[subject as keyof typeof settings.host] === undefined
      );
    default:
      return false;
  }
}

/** There before and now, and not the same; of what was not kept before, nothing is known. */
function isChanged(
  before: Readonly<Record<string, string>> | undefined,
  after: Readonly<Record<string, string>>,
  name: string,
): boolean {
  const was = before !== undefined && Object.hasOwn(before, name) ? before[name] : undefined;
  return was !== undefined && Object.hasOwn(after, name) && after[name] !== was;
}
