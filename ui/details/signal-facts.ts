import { html } from "htm/preact";
import type { SymbolDetail } from "../../src/views/symbols";
import type { SignalDetail } from "../../src/views/trace";
import { Fact } from "../parts/fact";
import { percent, points, price, signedPercent } from "../parts/numbers";
import { ageText, durationText } from "../parts/time";
import { useStore } from "../store-context";

/** What the signal says, in four figures. */
export function SignalFacts({ of: detail, symbol }: { of: SignalDetail; symbol: SymbolDetail | null }) {
  const settings = useStore().settings.value;
  const moved =
    detail.price === null || detail.price === 0 || symbol?.last === null || symbol === null
      ? null
      : ((symbol.last - detail.price) / detail.price) * 100;
  const lag = Date.parse(detail.received_at) - Date.parse(detail.timestamp);
  return html`<dl class="facts four">
    <${Fact} name="Strength" term="strength" value=${points(detail.strength)} note=${`score ${points(detail.score) ?? "no data"}`} />
    <${Fact}
      name="Reliability" term="reliability" value=${percent(detail.reliability)}
      note=${settings === null ? "" : `at least ${percent(settings.signals.min_reliability)}`}
    />
    <${Fact}
      name="Price" value=${price(detail.price)} note=${moved === null ? "now: no data" : `now ${signedPercent(moved)}`}
    />
    <${Fact}
      name="Observed" term="observed" value=${ageText(useStore().clock.now.value - Date.parse(detail.timestamp))}
      note=${detail.undated ? "undated, by its file" : lag < 1000 ? "lag under 1 s" : `lag ${durationText(lag)}`}
    />
  </dl>`;
}
