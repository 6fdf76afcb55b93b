import { html } from "htm/preact";
import { folderWords, freshnessOfFolder } from "../../src/core/freshness";
import { useStore } from "../store-context";
import { formatCount } from "../../src/core/text";
import type { SourceHabits } from "../../src/views/source-habits";
import type { GlossaryWord } from "../../src/views/glossary";
import type { SourceDetail } from "../../src/views/sources";
import { Opens } from "../details/opens";
import { FreshnessMark, useMark } from "../parts/freshness";
import { Age } from "../parts/age";
import { count, figure, percent, percentOfRatio, points } from "../parts/numbers";
import { durationText } from "../parts/time";
import { Term } from "../parts/term";
import { Value } from "../parts/value";
import { hrefOf } from "../shell/route";
import { ScoreSpread } from "./score-spread";

/** One source: its state, its habits, and what is odd about it. */
export function SourceCard({ of: source }: { of: SourceDetail }) {
  return html`<article class="source-card" aria-label=${source.name}>
    <header>
      <h3><${Opens} kind="source" id=${source.name} label=${`source ${source.name}: details`}>${source.name}<//></h3>
      <${SourceState} of=${source} />
      <span class="grow"></span>
      <a href=${hrefOf("signals", null, { source: source.name })}>signals</a>
    </header>
    <${SourceFacts} of=${source} />
  </article>`;
}

export function SourceFacts({ of: source }: { of: SourceDetail }) {
  const { habits } = source;
  return html`<p class="quiet path">${source.dir}</p>
    <${Oddities} of=${source} />
    <dl class="figures-of">
      <${Pair}
        name="Freshness" value=${source.last_report_at === null ? null : html`<${Age} at=${source.last_report_at} />`}
        note=${expectation(source)}
      />
      <${Pair}
        name="Cadence" term="cadence"
        value=${
          source.cadence.every_seconds === null ? null : `every ${durationText(source.cadence.every_seconds * 1000)}`
        }
        note=${cadenceNote(source)}
      />
      <${Pair}
        name="Clock offset"
        value=${source.clock_offset_minutes === null ? "none seen" : `${source.clock_offset_minutes} min`}
        note="its times against its files' times"
      />
      <${Pair}
        name="Lag" term="lag" value=${habits?.lag_seconds ? lagText(habits.lag_seconds.median) : null}
        note=${
          habits?.lag_seconds
            ? `median; 90 % within ${lagText(habits.lag_seconds.ninetieth)}, n = ${count(habits.lag_seconds.n)}`
            : "received after observed"
        }
      />
      <${Pair}
        name="Signals" value=${habits === null ? null : count(habits.signals)}
        note=${habits?.since ? "of the last 7 days, the newest 20,000 at most" : "of the last 7 days"}
      />
      <${Pair} name="Duplicates" term="duplicate" value=${habits === null ? null : count(habits.twins)} note="sent again unchanged" />
      <${Pair}
        name="Edits" term="repainted" value=${habits === null ? null : count(habits.edited)} note="changed later: repainted"
      />
      <${Pair}
        name="Undated" term="undated" value=${habits === null ? null : count(habits.undated)} note="without a time of their own"
      />
      <${Pair}
        name="Reliability" term="reliability" value=${habits?.reliability ? reliabilityText(habits.reliability) : null}
        note=${habits?.reliability ? `10th to 90th percentile, n = ${count(habits.reliability.n)}` : "no report gives one"}
      />
      <${Pair}
        name="Quarantine" term="quarantine"
        value=${habits === null || habits.quarantine_share === null ? null : percentOfRatio(habits.quarantine_share)}
        note=${habits === null ? "" : `${count(habits.quarantined)} of ${count(habits.files)} files`}
      />
    </dl>
    <${Spread} of=${habits} />`;
}

function cadenceNote({ cadence: { kind, gaps_learned: gaps } }: SourceDetail): string {
  return kind === "expected" ? kind : `${kind}, from ${formatCount(gaps, "gap")}`;
}

export function SourceState({ of: { state, why } }: { of: SourceDetail }) {
  const was = useStore().upToDate.value ? "" : "was ";
  const more =
    state === "silent"
      ? " for longer than usual"
      : state === "unreachable" || state === "idle"
        ? `: ${why ?? "unknown"}`
        : "";
  return html`<${FreshnessMark}
    of=${useMark(freshnessOfFolder[state])} word=${`${was}${folderWords[state]}${more}`}
  />`;
}

function Pair({ name, value, note, term }: { name: string; value: unknown; note: string; term?: GlossaryWord }) {
  return html`<div>
    <dt>${term === undefined ? name : html`<${Term} of=${term}>${name}<//>`}</dt>
    <dd>${typeof value === "string" || value === null ? html`<${Value} of=${value} />` : value}</dd>
    <dd class="note quiet">${note}</dd>
  </div>`;
}

/** What is unusual about it, in sentences. */
function Oddities({
  of: { habits, clock_offset_minutes: offset, refused_of_last: refused, polled, skipped },
}: {
  of: SourceDetail;
}) {
  const odd = [
    polled === null ? null : `its folder is polled every second: ${polled}`,
    ...skipped.map(({ folder, why }) => `${folder} is skipped: ${why}`),
    habits?.constant_reliability === true
      ? `every signal has the same reliability, ${percent(habits.reliability?.median ?? null)}: it says nothing`
      : null,
    offset === null ? null : `its clock is ${offset} min off; set its zone in the config`,
    refused.refused === 0
      ? null
      : `${refused.refused} of its last ${refused.of} reports ${refused.refused === 1 ? "was" : "were"} refused`,
    habits !== null && habits.signals >= 20 && habits.score !== null && habits.score.least === habits.score.most
      ? "every score is the same"
      : null,
  ].filter((text) => text !== null);
  return odd.length === 0
    ? null
    : html`<ul class="odd">${odd.map((text) => html`<li key=${text} class="warn">${text}</li>`)}</ul>`;
}

function Spread({ of: habits }: { of: SourceHabits | null }) {
  if (!habits?.score) return html`<p class="quiet">Scores: no data</p>`;
  const { least, median, most, n } = habits.score;
  return html`<${ScoreSpread}
    tenths=${habits.score_tenths}
    words=${`scores from ${points(least)} to ${points(most)}, median ${points(median)}, n = ${count(n)}`}
  />`;
}

function expectation({ cadence }: SourceDetail): string {
  return cadence.silent_after_seconds === null
    ? "no cadence is known yet"
    : `silent after ${durationText(cadence.silent_after_seconds * 1000)}`;
}

function reliabilityText({ tenth, ninetieth }: { tenth: number; ninetieth: number }): string {
  return tenth === ninetieth ? (percent(tenth) ?? "") : `${points(tenth)} to ${percent(ninetieth)}`;
}

function lagText(seconds: number): string {
  return Math.abs(seconds) < 60 ? `${figure(seconds)} s` : durationText(Math.abs(seconds) * 1000);
}
