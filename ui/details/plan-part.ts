import { html } from "htm/preact";
import type { TradePlan } from "../../src/core/signal";
import type { SymbolDetail } from "../../src/views/symbols";
import type { Level } from "../charts/levels-in-view";
import { coefficient, price } from "../parts/numbers";
import { ageText } from "../parts/time";
import { useStore } from "../store-context";
import { Part } from "./part";
import { PlanLadder } from "./plan-ladder";

/** Stop, entry and targets to scale, beside the price of now. */
export function PlanPart({
  plan,
  signalPrice,
  symbol,
}: {
  plan: TradePlan;
  signalPrice: number | null;
  symbol: SymbolDetail | null;
}) {
  const now = symbol?.last ?? null;
  const quoted = symbol?.quoted_at ?? null;
  const clock = useStore().clock.now.value;
  const age = quoted === null ? "now" : ageText(clock - Date.parse(quoted));
  const words = now === null ? "" : `now ${price(now)}${age === "now" ? "" : `, ${age}`}`;
  return html`<${Part} title="Plan to scale" class="plan" note=${riskText(plan, signalPrice)}>
    ${
      plan.stop === null && plan.targets.length === 0
        ? html`<p class="quiet pad">Only an entry is given: ${price(plan.entry) ?? "no data"}.</p>`
        : html`<${PlanLadder} plan=${plan} signalPrice=${signalPrice} now=${now} nowWords=${words} />`
    }
  <//>`;
}

/** What one R is, and the ratio as reported: `R is 690, reported ratio 1.9`. */
function riskText(plan: TradePlan, signalPrice: number | null): string {
  const entry = plan.entry ?? signalPrice;
  const risk = entry === null || plan.stop === null ? "" : `R is ${price(Math.abs(entry - plan.stop))}`;
  return [risk, plan.riskReward === null ? "" : `reported ratio ${coefficient(plan.riskReward)}`]
    .filter((part) => part !== "")
    .join(", ");
}

/** The plan's prices, as lines of a chart. */
export function levelsOf(plan: TradePlan | null | undefined): readonly Level[] {
  if (plan === null || plan === undefined) return [];
  return [
    ...(plan.entry === null ? [] : [{ name: "entry", price: plan.entry, kind: "entry" as const }]),
    ...(plan.stop === null ? [] : [{ name: "stop", price: plan.stop, kind: "stop" as const }]),
    ...plan.targets.map((target, n) => ({ name: `T${n + 1}`, price: target.price, kind: "target" as const })),
  ];
}
