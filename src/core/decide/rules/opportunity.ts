import { fingerprintOf, priorityOf } from "../../alert";
import { check, type Judgement } from "../candidate";
import type { Check } from "../decision";
import { riskLevels, type Opportunity } from "../../opportunity";
import type { Settings } from "../../settings";
import { formatPercent } from "../../text";
import { eventStandsForMs } from "./strong-signal";
import { checkArrival, type Arrival } from "./worth";

/** An opportunity is worth an alert where its confidence suffices and its risk is not above what was chosen. */
export function judgeOpportunity(
  opportunity: Opportunity,
  seq: number,
  arrival: Arrival,
  settings: Settings,
  now: number,
): Judgement {
  const { source } = arrival.batch;
  const percent = opportunity.confidence === null ? null : opportunity.confidence * 100;
  const priority = priorityOf(percent, settings.priorities);
  return {
    checks: [
      ...checkArrival(arrival, priority, settings, now),
      checkUnscored(opportunity),
      checkConfidence(opportunity, settings),
      checkRisk(opportunity, settings),
    ],
    candidate: {
      type: "ALPHA",
      kind: "event",
      priority,
      rule: "opportunity",
      fingerprint: fingerprintOf("ALPHA", source, opportunity.symbol, opportunity.pattern),
      message: messageOf(opportunity),
      source,
      symbol: opportunity.symbol,
      direction: null,
      expiresAt: now + eventStandsForMs,
      subjectSeq: seq,
      strength: percent,
      details: {
        pattern: opportunity.pattern,
        confidence: opportunity.confidence,
        alphaPotential: opportunity.alphaPotential,
        riskLevel: opportunity.riskLevel,
      },
    },
  };
}

function checkUnscored({ confidence }: Opportunity): Check {
  return check(
    "unscored",
    confidence !== null,
    confidence === null ? null : formatPercent(confidence),
    null,
    confidence === null ? "no confidence is given" : null,
  );
}

function checkConfidence({ confidence }: Opportunity, { confidenceThreshold }: Settings): Check {
  const passed = confidence !== null && confidence >= confidenceThreshold;
  return check(
    "below-threshold",
    passed,
    confidence === null ? null : formatPercent(confidence),
    formatPercent(confidenceThreshold),
    "confidence against confidence_threshold",
  );
}

function checkRisk({ riskLevel }: Opportunity, settings: Settings): Check {
  if (riskLevel === null) return check("below-threshold", true, null, settings.riskLevel, "no risk level is given");
  const passed = riskLevels.indexOf(riskLevel) <= riskLevels.indexOf(settings.riskLevel);
  return check("below-threshold", passed, riskLevel, settings.riskLevel, "risk against risk_level");
}

function messageOf({ symbol, pattern, confidence, riskLevel }: Opportunity): string {
  const sure = confidence === null ? "confidence unknown" : `confidence ${formatPercent(confidence)}`;
  return `${symbol} ${pattern.replaceAll("_", " ")}, ${sure}${riskLevel === null ? "" : `, ${riskLevel.toLowerCase()} risk`}`;
}
