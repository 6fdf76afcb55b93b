import { html } from "htm/preact";
import { useStore } from "../store-context";
import { FreshnessMark, type Freshness } from "../parts/freshness";
import type { Link } from "../live/connection";

const marks: Readonly<Record<Link, readonly [Freshness, string]>> = {
  connected: ["live", "connected"],
  polling: ["stale", "polling, every 10 s"],
  connecting: ["none", "connecting"],
  lost: ["error", "connection lost"],
};

/** The one mark of the connection: what is live is the page, not a list on it. */
export function ConnectionMark() {
  const [of, word] = marks[useStore().link.value];
  return html`<${FreshnessMark} of=${of} word=${word} />`;
}
