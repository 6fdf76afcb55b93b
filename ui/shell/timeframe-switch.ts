import { html } from "htm/preact";
import { useStore } from "../store-context";
import { Segmented } from "../parts/segmented";
import { timeframes, type Timeframe } from "../wire";

export function TimeframeSwitch() {
  const store = useStore();
  return html`<${Segmented}
    label="Timeframe" options=${timeframes} chosen=${store.timeframe.value}
    choose=${(timeframe: Timeframe) => store.chooseTimeframe(timeframe)}
  />`;
}
