import { html } from "htm/preact";
import { directions } from "../../src/core/signal";
import { useState } from "preact/hooks";
import type { DecisionCounts } from "../../src/views/decisions";
import { useStore } from "../store-context";
import { here } from "../here";
import { Choice } from "../lists/filters";
import { useResource } from "../live/resource";
import { useSymbols, type Symbols } from "../live/symbols";
import { Empty } from "../parts/empty";
import { NothingYet } from "../parts/nothing-yet";
import { count } from "../parts/numbers";
import { Term } from "../parts/term";
import { Segmented } from "../parts/segmented";
import { reportsAppear } from "../parts/words";
import { hrefOf } from "../shell/route";
import type { SignalShape } from "../wire";
import { ComponentMatrix } from "./component-matrix";
import { Panel } from "./panel";
import { SignalsTable } from "./signals-table";
import { SymbolGroups } from "./symbol-groups";

type View = "list" | "symbols" | "matrix";
export function SignalsPanel() {
  const store = useStore();
  const since = store.timeframe.value;
  const all = store.signals.value;
  const { value: symbols, trouble } = useSymbols(since);
  const [view, choose] = useState<View>("list");
  const [narrowed, narrow] = useState({ direction: "", decision: "" });
  const rows =
    all?.filter(
      ({ direction, decision }) =>
        (narrowed.direction === "" || direction === narrowed.direction) &&
        (narrowed.decision === "" || decision === narrowed.decision),
    ) ?? null;
  const filtered = narrowed.direction !== "" || narrowed.decision !== "";
  const filter = html`<${Choice}
    label="direction" all="all" value=${narrowed.direction} options=${directions}
    choose=${(direction: string) => narrow({ ...narrowed, direction })}
  />
    <${Choice}
      label="decision" all="all" value=${narrowed.decision}
      options=${[...new Set(all?.map(({ decision }) => decision))]}
      choose=${(decision: string) => narrow({ ...narrowed, decision })}
    />`;
  const bar = html`<${Segmented} label="Signals as" options=${[
    { name: "list", label: "List" },
    { name: "symbols", label: "By symbol" },
    { name: "matrix", label: "Matrix" },
  ]} chosen=${view} choose=${choose} /><${Sums} since=${since} /><span class="grow"></span><${Threshold} />`;
  return html`<${Panel}
    name="signals" title="Latest Signals" href=${hrefOf("signals")}
    csv=${here(`api/signals?format=csv&since=${since}`).href} filled=${all && all.length > 0}
    newestAt=${all?.[0]?.received_at ?? null} filter=${filter} filtered=${filtered} bar=${bar}
  >
    <${Body} view=${view} rows=${rows} symbols=${symbols} trouble=${trouble} filtered=${filtered} since=${since}
      list=${[since, narrowed.direction, narrowed.decision].join(" ")}
    />
  <//>`;
}

interface BodyProps {
  readonly view: View;
  readonly rows: readonly SignalShape[] | null;
  readonly symbols: Symbols | null;
  readonly trouble: string | null;
  readonly filtered: boolean;
  readonly since: string;
  readonly list: string;
}

function Body({ view, rows, symbols, trouble, filtered, since, list }: BodyProps) {
  if (view === "list") {
    if (rows !== null && rows.length > 0) return html`<${SignalsTable} rows=${rows} symbols=${symbols} list=${list} />`;
    if (filtered && rows !== null)
      return html`<${Empty} known why="None of the newest 20 matches." next="The page of all signals has older ones." />`;
    return html`<${NothingYet}
      known=${rows !== null} why=${`No signal came in over the last ${since}.`} next=${reportsAppear}
    />`;
  }
  if (symbols === null || symbols.items.length === 0)
    return html`<${Empty}
      known=${symbols !== null} trouble=${trouble} why=${`No symbol had a signal over the last ${since}.`}
      next=${reportsAppear}
    />`;
  return view === "symbols"
    ? html`<${SymbolGroups} symbols=${symbols} list=${since} />`
    : html`<${ComponentMatrix} symbols=${symbols} />`;
}

/** What became of everything that was looked at. */
function Sums({ since }: { since: string }) {
  const { value } = useResource<DecisionCounts>(`api/decisions/counts?since=${since}`, {
    changedBy: (frame) => frame.type === "new_signal" || frame.type === "signal_changed" || frame.type === "held_back",
    everyMs: 3000,
  });
  if (value === null) return null;
  return html`<span class="quiet sums" title="What became of everything that came in">
    in ${since}: ${count(value.raised)} raised, ${count(value.held)} held back, ${count(value.not_worth)} not worth an alert
  </span>`;
}

function Threshold() {
  const min = useStore().settings.value?.signals.min_score ?? null;
  return min === null
    ? null
    : html`<span class="quiet threshold"><span class="tick" aria-hidden="true"></span><${Term} of="min_score">min_score<//> ${min}</span>`;
}
