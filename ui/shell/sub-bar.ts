import { html } from "htm/preact";
import { useStore } from "../store-context";
import { findExpected, useFreshness, type Expected } from "../live/freshness";
import { refreshAll } from "../live/refresh";
import { Age } from "../parts/age";
import { FreshnessMark, useMark } from "../parts/freshness";
import { clockText } from "../parts/time";
import { Tool } from "../parts/tool";
import { DeskMenu } from "../desk/desk-menu";
import { hrefOf, type Route } from "./route";
import { TimeframeSwitch } from "./timeframe-switch";

/** How fresh each source, exchange and scanner is, on every page; the desk's own switches beside it. */
export function SubBar({ route }: { route: Route }) {
  const store = useStore();
  return html`<section class="sub ${route.page === "desk" ? "" : "is-single"}" aria-label="Sources and their freshness">
    ${route.page === "desk" ? html`<${TimeframeSwitch} />` : null}
    <ul class="chips" aria-label="Sources" tabindex="0">
      ${chosenOf(useFreshness()).map((each) => html`<li key=${`${each.kind} ${each.name}`}><${Chip} of=${each} /></li>`)}
    </ul>
    <div class="tools">
      ${route.page === "desk" ? html`<${DeskMenu} />` : null}
      <${Tool} icon="refresh" label="Refresh the data (Ctrl R)" run=${() => refreshAll(store)} />
    </div>
  </section>`;
}

/** A scanner that goes as it should is behind what its exchange's chip says already; the search for alpha has none. */
function chosenOf(all: readonly Expected[]): readonly Expected[] {
  const alpha = findExpected(all, [["scanner", "alpha"]]);
  return all.filter(
    (each) => each.kind !== "scanner" || each === alpha || each.state === "stale" || each.state === "failing",
  );
}

function Chip({ of: { kind, name, state, at, why } }: { of: Expected }) {
  const store = useStore();
  const mark = useMark(state);
  // What came since the last overview is known from the events.
  const live =
    kind === "source" ? (store.signals.value?.find((row) => row.source === name)?.received_at ?? null) : null;
  const last = live !== null && (at === null || live > at) ? live : at;
  const page = kind === "source" ? "sources" : kind === "exchange" ? "market" : "health";
  return html`<a class="chip ${mark}" href=${hrefOf(page)} title=${why ?? undefined}>
    <${FreshnessMark} of=${mark} word=${nameOf(kind, name)}>
      <span>${store.upToDate.value ? tailOf(state, last) : last === null ? "no data" : `at ${clockText(Date.parse(last))}`}</span>
    <//>
  </a>`;
}

function tailOf(state: Expected["state"], at: string | null) {
  if (state === "failing") return "failing";
  if (state === "starting") return "starting";
  if (state === "idle") return "idle";
  if (at === null) return "no data";
  return state === "stale" ? `stale since ${clockText(Date.parse(at))}` : html`<${Age} at=${at} />`;
}

/** market:bybit is "bybit market" for people. */
function nameOf(kind: Expected["kind"], name: string): string {
  return kind === "scanner" ? name.split(":").toReversed().join(" ") : name;
}
