import { dayMs } from "../../duration";
import { fingerprintOf, priorityOf } from "../../alert";
import { check, type Judgement } from "../candidate";
import type { Check } from "../decision";
import { settingsFor, type Settings } from "../../settings";
import type { Signal } from "../../signal";
import { formatDirection, formatNumber, formatPercent } from "../../text";
import { checkArrival, type Arrival } from "./worth";

/** An event alert stands for a day where its signal names no end. */
export const eventStandsForMs = dayMs;

/** A signal is worth an alert where it is strong and, as far as known, reliable. */
export function judgeSignal(signal: Signal, seq: number, arrival: Arrival, settings: Settings, now: number): Judgement {
  const { source } = arrival.batch;
  const priority = priorityOf(signal.strength, settings.priorities);
  return {
    checks: [
      ...checkArrival(arrival, priority, settings, now),
      checkUnscored(signal),
      checkStrength(signal, source, settings),
      checkReliability(signal, source, settings),
    ],
    candidate: {
      type: "SIGNAL",
      kind: "event",
      priority,
      rule: "strong-signal",
      fingerprint: fingerprintOf("SIGNAL", source, signal.symbol, signal.direction, signal.timeframe),
      message: messageOf(signal),
      source,
      symbol: signal.symbol,
      direction: signal.direction,
      expiresAt: signal.expiresAt !== null && signal.expiresAt > now ? signal.expiresAt : now + eventStandsForMs,
      subjectSeq: seq,
      strength: signal.strength,
      details: {
        score: signal.score,
        strength: signal.strength,
        reliability: signal.reliability,
        price: signal.price,
        ...(settings.edition >= 2 && signal.strategy !== null && { strategy: signal.strategy }),
      },
    },
  };
}

function checkUnscored(signal: Signal): Check {
  if (signal.direction === "exit") return check("unscored", false, null, null, "an exit has no strength");
  return check(
    "unscored",
    signal.strength !== null,
    signal.score,
    null,
    signal.strength === null ? "the report gives no score" : null,
  );
}

function checkStrength(signal: Signal, source: string, settings: Settings): Check {
  const { minScore } = settingsFor(settings, source);
  if (signal.direction === "neutral")
    return check("below-threshold", false, signal.strength, minScore, "a neutral signal never raises an alert");
  return check(
    "below-threshold",
    signal.strength !== null && signal.strength >= minScore,
    signal.strength,
    minScore,
    "strength against min_score",
  );
}

function checkReliability(signal: Signal, source: string, settings: Settings): Check {
  const { minReliability } = settingsFor(settings, source);
  const limit = formatPercent(minReliability);
  if (signal.reliability === null) return check("unreliable", true, null, limit, "the report gives no reliability");
  return check(
    "unreliable",
    signal.reliability >= minReliability,
    formatPercent(signal.reliability),
    limit,
    "reliability against min_reliability",
  );
}

function messageOf(signal: Signal): string {
  const strength = signal.strength === null ? "no strength" : `strength ${formatNumber(signal.strength)}`;
  const reliability =
    signal.reliability === null ? "reliability unknown" : `reliability ${formatPercent(signal.reliability)}`;
  return `${signal.symbol} ${formatDirection(signal.direction)}, ${strength}, ${reliability}`;
}
