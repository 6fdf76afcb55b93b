import { html } from "htm/preact";
import type { Expected } from "../live/freshness";
import { Age } from "../parts/age";
import { FreshnessMark } from "../parts/freshness";
import { clockText } from "../parts/time";
import { useStore } from "../store-context";

export interface PanelStateProps {
  readonly filled: boolean | null;
  readonly newestAt: string | null;
  /** What happened at `newestAt`: "newest", "quoted". */
  readonly said: string;
  readonly stale: boolean;
  readonly expected: Expected | null;
  readonly trouble: string | null;
}

/**
 * How old what a panel shows is. Losing the daemon comes first: whatever was so, was so before that. Stale is only what
 * was expected and did not come.
 */
export function PanelState({ filled, newestAt, said, stale, expected, trouble }: PanelStateProps) {
  const store = useStore();
  const receivedAt = store.receivedAt.value;
  if (filled === null) {
    return (trouble ?? store.trouble.value) === null
      ? html`<${FreshnessMark} of="none" word="loading" />`
      : html`<${FreshnessMark} of="error" word="no answer" />`;
  }
  if (!store.upToDate.value && receivedAt !== null)
    return html`<${FreshnessMark} of="stale" word=${`as of ${clockText(receivedAt)}`} />`;
  if (expected !== null && expected.state !== "unknown") return html`<${ExpectedState} of=${expected} />`;
  if (!filled || newestAt === null) return html`<${FreshnessMark} of="none" word="no data" />`;
  if (stale) return html`<${FreshnessMark} of="stale" word=${`stale since ${clockText(Date.parse(newestAt))}`} />`;
  return html`<span class="state"><span>${said} <${Age} at=${newestAt} /></span></span>`;
}

const happened: Readonly<Record<Expected["kind"], string>> = {
  source: "last report",
  exchange: "quoted",
  scanner: "scanned",
};

function ExpectedState({ of: { kind, state, at } }: { of: Expected }) {
  if (state === "starting") return html`<${FreshnessMark} of="none" word="starting" />`;
  if (state === "failing")
    return html`<${FreshnessMark}
      of="error" word=${`failing${at === null ? "" : `, last ${clockText(Date.parse(at))}`}`}
    />`;
  if (at === null) return html`<${FreshnessMark} of="none" word="no data" />`;
  return state === "stale"
    ? html`<${FreshnessMark} of="stale" word=${`stale since ${clockText(Date.parse(at))}`} />`
    : html`<span class="state"><span>${happened[kind]} <${Age} at=${at} /></span></span>`;
}
