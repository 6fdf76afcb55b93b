import { html } from "htm/preact";
import { Icon, type IconName } from "./icon";

const regimes: Readonly<Record<string, { mark: IconName; manner: string }>> = {
  BULLISH: { mark: "up", manner: "long" },
  BEARISH: { mark: "down", manner: "short" },
  NEUTRAL: { mark: "flat", manner: "neutral" },
  VOLATILE: { mark: "warning", manner: "warn" },
};

/** The market's prevailing state: a mark and its word. */
export function Regime({ of }: { of: string }) {
  const look = regimes[of];
  return html`<span class="regime ${look?.manner ?? ""}">${look === undefined ? null : html`<${Icon} name=${look.mark} />`}${of}</span>`;
}
