import { html } from "htm/preact";
import { useStore } from "../desk-context";
import { timeframes } from "../wire";

export function TimeframeSwitch() {
  const store = useStore();
  const chosen = store.timeframe.value;
  return html`<div class="segmented" role="group" aria-label="Timeframe">
    ${timeframes.map((timeframe) => html`<button key=${timeframe} type="button" aria-pressed=${timeframe === chosen ? "true" : "false"} onClick=${() => store.chooseTimeframe(timeframe)}>${timeframe}</button>`)}
  </div>`;
}
