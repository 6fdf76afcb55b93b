import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../live/answer";
import { ask } from "../live/ask";
import { useStore } from "../desk-context";
import { Empty } from "../parts/empty";
import { here } from "../here";
import { OpportunityEntry } from "./opportunity-entry";
import { Panel } from "../panels/panel";
import type { OpportunityShape } from "../wire";

interface Listed {
  readonly items: readonly OpportunityShape[];
  readonly next_cursor: string | null;
}

const path = "api/opportunities?limit=50";
/** More than anyone reads on one page; the rest is a download away. */
const mostKept = 1000;

/** Every opportunity kept, newest first, each with the numbers that made it. */
export function Page() {
  const store = useStore();
  const { value, trouble } = useAnswer<Listed>(path, (frame) => frame.type === "alpha_opportunity");
  const [seen, see] = useState<readonly OpportunityShape[]>([]);
  const [cursor, moveTo] = useState<string | null | undefined>(undefined);
  const [troubleOfOlder, say] = useState<string | null>(null);
  useEffect(() => {
    if (value === null) return;
    see((before) => merged(before, value.items));
    moveTo((before) => before === undefined ? value.next_cursor : before);
  }, [value]);

  async function readOlder(): Promise<void> {
    const asked = await ask<Listed>(here(`${path}&cursor=${encodeURIComponent(cursor ?? "")}`), new AbortController().signal);
    if ("trouble" in asked) return say(asked.trouble);
    say(null);
    see((before) => merged(before, asked.answer.items));
    moveTo(asked.answer.next_cursor);
  }

  const filled = value === null ? null : seen.length > 0;
  return html`<main class="page" tabindex="-1" aria-label="Opportunities">
    <${Panel} name="opportunities" title="Opportunities" filled=${filled} newestAt=${seen[0]?.timestamp ?? null} trouble=${trouble}>
      ${filled === true
        ? html`<ul aria-label="Opportunities, newest first">${seen.map((row) => html`<li key=${row.id} class=${store.arrivedLive(row.id) ? "is-fresh" : ""}><${OpportunityEntry} row=${row} /></li>`)}</ul>
          ${cursor === null || seen.length >= mostKept ? null : html`<p class="aside"><button type="button" class="plain" onClick=${() => void readOlder()}>Older</button>${troubleOfOlder === null ? null : html`<span role="status">${troubleOfOlder}</span>`}</p>`}`
        : html`<${Empty} known=${value !== null} trouble=${trouble} why="No opportunity has been found or reported." next="They are looked for on the candles of the configured exchanges, and read from alpha reports in a watched folder." />`}
    <//>
  </main>`;
}

/** Each once, as last told, newest first. */
function merged(before: readonly OpportunityShape[], news: readonly OpportunityShape[]): readonly OpportunityShape[] {
  const byId = new Map([...before, ...news].map((row) => [row.id, row]));
  return [...byId.values()].toSorted((a, b) => (a.received_at < b.received_at ? 1 : a.received_at > b.received_at ? -1 : 0)).slice(0, mostKept);
}
