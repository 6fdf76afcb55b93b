import type { DecisionContext } from "../context";
import type { ExchangeClockRead } from "../../observation";
import type { Condition, State } from "../state";
import { formatDuration } from "../../text";
import { systemAlert, systemFingerprint } from "./system-alert";

const rule = "exchange-clock";
/** So far off, times of signals and of the market no longer belong together. */
export const clockAlertMs = 10_000;

/** Our clock and an exchange's differ. Candles and quotes are read by the exchange's; everything else here goes by ours. */
export function judgeExchangeClock(context: DecisionContext, { exchange, aheadMs }: ExchangeClockRead): void {
  if (Math.abs(aheadMs) < clockAlertMs) return context.release(systemFingerprint(rule, exchange));
  context.hold(
    systemAlert({
      rule,
      subject: exchange,
      kind: "state",
      priority: "medium",
      message:
        `The clock here is ${differenceOf(aheadMs)} ${exchange}'s: set it by a time server; until then the ` +
        "market is read by the exchange's clock",
      source: null,
      expiresAt: null,
      details: { aheadSeconds: Math.round(aheadMs / 1000), limitSeconds: clockAlertMs / 1000 },
    }),
  );
}

/** That it differs, raised or held back; undefined where it does not. */
export function exchangeClockCondition(state: State, exchange: string): Condition | undefined {
  return state.get("condition", systemFingerprint(rule, exchange));
}

/** 5 min ahead of, 12 s behind. */
export function differenceOf(aheadMs: number): string {
  return `${formatDuration(aheadMs)} ${aheadMs < 0 ? "behind" : "ahead of"}`;
}
