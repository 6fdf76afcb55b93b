import { html } from "htm/preact";
import type { Opportunity } from "../../src/core/opportunity";
import type { OpportunityDetail } from "../../src/views/trace";
import { Fact } from "../parts/fact";
import { coefficient, count, percent, percentOfRatio, signedPercent } from "../parts/numbers";
import { ageText, durationText } from "../parts/time";
import { useStore } from "../store-context";

/** What was found, in figures: a report may say less than a scan. */
export function OpportunityFacts({ of: detail }: { of: OpportunityDetail }) {
  const store = useStore();
  const alpha = store.settings.value?.alpha;
  const known = detail.known as Partial<Opportunity>;
  const beta = known.why?.find(({ name }) => name === "beta")?.value ?? null;
  const lag = Date.parse(detail.received_at) - Date.parse(detail.timestamp);
  const potential = detail.alpha_potential;
  return html`<dl class="facts ${beta === null ? "four" : "six"}">
    <${Fact}
      name="Confidence" term="confidence" value=${percentOfRatio(detail.confidence)}
      note=${alpha === undefined ? "" : `at least ${percent(alpha.confidence_threshold)}`}
    />
    <${Fact}
      name="Potential" term="potential" value=${potential === null ? null : signedPercent(potential * 100)} note="excess return"
    />
    <${Fact}
      name="Risk" term="risk-level" value=${detail.risk_level?.toLowerCase() ?? null}
      note=${alpha === undefined ? "" : `at most ${alpha.risk_level.toLowerCase()}`}
    />
    ${beta === null ? null : html`<${Fact} name="Beta" term="beta" value=${coefficient(beta)} note="to the benchmark" />`}
    ${
      beta === null || known.n === undefined
        ? null
        : html`<${Fact}
          name="Measured on" value=${`${count(known.n)} candles`}
          note=${known.timeframe === undefined ? "" : `of ${known.timeframe === "all" ? "all timeframes" : known.timeframe}`}
        />`
    }
    <${Fact}
      name="Observed" term="observed" value=${ageText(store.clock.now.value - Date.parse(detail.timestamp))}
      note=${lag < 1000 ? "lag under 1 s" : `lag ${durationText(lag)}`}
    />
  </dl>`;
}
