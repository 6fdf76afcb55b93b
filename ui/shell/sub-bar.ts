import { html } from "htm/preact";
import type { SourceShape } from "../../src/views/sources";
import { useStore } from "../store-context";
import { here } from "../here";
import { useResource } from "../live/resource";
import { refreshAll } from "../live/refresh";
import { Age } from "../parts/age";
import { FreshnessMark, type Freshness } from "../parts/freshness";
import { clockText } from "../parts/time";
import { Tool } from "../parts/tool";
import { DeskMenu } from "../desk/desk-menu";
import type { Route } from "./route";
import { TimeframeSwitch } from "./timeframe-switch";

/** How fresh each source is, on every page; the desk's own switches beside it. */
export function SubBar({ route }: { route: Route }) {
  const store = useStore();
  const { value, trouble } = useResource<{ readonly items: readonly SourceShape[] }>("api/sources", {
    changedBy: (frame) =>
      frame.type === "dashboard_update" || (frame.type === "new_alert" && frame.alert.type === "SYSTEM"),
  });
  const market = store.market.value;
  return html`<section class="sub ${route.page === "desk" ? "" : "is-single"}" aria-label="Sources and their freshness">
    ${route.page === "desk" ? html`<${TimeframeSwitch} />` : null}
    <ul class="chips" aria-label="Sources" tabindex="0">
      ${
        value === null && trouble !== null
          ? html`<li class="chip-place"><${FreshnessMark} of="error" word="sources: no answer" /></li>`
          : null
      }
      ${(value?.items ?? []).map((source) => html`<${SourceChip} key=${source.name} of=${source} />`)}
      ${
        market === null || market.source === null || market.last_updated === null
          ? null
          : html`<li>
            <${Chip} of=${market.stale === true ? "stale" : "live"} name=${market.source} at=${market.last_updated} />
          </li>`
      }
    </ul>
    <div class="tools">
      ${route.page === "desk" ? html`<${DeskMenu} />` : null}
      <${Tool} icon="refresh" label="Refresh the data (Ctrl R)" run=${() => refreshAll(store)} />
    </div>
  </section>`;
}

function SourceChip({ of: source }: { of: SourceShape }) {
  // What came since the last read is known from the events.
  const live = useStore().signals.value?.find((row) => row.source === source.name)?.received_at ?? null;
  const at =
    live !== null && (source.last_report_at === null || live > source.last_report_at) ? live : source.last_report_at;
  const state: Freshness =
    source.state === "live"
      ? "live"
      : source.state === "silent"
        ? "stale"
        : source.state === "unreachable"
          ? "error"
          : "none";
  return html`<li>
    <${Chip}
      of=${state} name=${source.name} at=${at}
      word=${
        state === "error"
          ? "unreachable"
          : source.state === "starting" || source.state === "first-look"
            ? "starting"
            : null
      }
      why=${source.why}
    />
  </li>`;
}

interface ChipProps {
  readonly of: Freshness;
  readonly name: string;
  readonly at: string | null;
  readonly word?: string | null;
  readonly why?: string | null;
}

function Chip({ of, name, at, word = null, why = null }: ChipProps) {
  const tail =
    word !== null
      ? word
      : at === null
        ? "no data"
        : of === "stale"
          ? `stale since ${clockText(Date.parse(at))}`
          : html`<${Age} at=${at} />`;
  return html`<a class="chip ${of}" href=${here("sources").href} title=${why ?? undefined}>
    <${FreshnessMark} of=${of} word=${name}><span>${tail}</span><//>
  </a>`;
}
