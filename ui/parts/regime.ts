import { html } from "htm/preact";
import { Icon, type IconName } from "./icon";

const regimes: Readonly<Record<string, { mark: IconName; tone: string }>> = {
  BULLISH: { mark: "up", tone: "long" },
  BEARISH: { mark: "down", tone: "short" },
  NEUTRAL: { mark: "flat", tone: "neutral" },
  VOLATILE: { mark: "warning", tone: "warn" },
};

/** The market's prevailing state: a mark and its word. */
export function Regime({ of }: { of: string }) {
  const shown = regimes[of];
  return html`<span class="regime ${shown?.tone ?? ""}">
    ${shown === undefined ? null : html`<${Icon} name=${shown.mark} />`}
    ${of}
  </span>`;
}
