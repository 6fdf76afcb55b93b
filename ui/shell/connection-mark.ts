import { html } from "htm/preact";
import { useStore } from "../store-context";
import { FreshnessMark } from "../parts/freshness";

/** Connected or not, and when the next try is. */
export function ConnectionMark() {
  const store = useStore();
  const connection = store.connection.value;
  if (connection.state === "connected") return html`<${FreshnessMark} of="live" word="connected" />`;
  if (store.polling.value) return html`<${FreshnessMark} of="stale" word="polling, every 10 s" />`;
  const lost = store.receivedAt.value !== null;
  if (connection.state === "connecting")
    return html`<${FreshnessMark} of="stale" word=${lost ? "reconnecting" : "connecting"} />`;
  return html`<${FreshnessMark} of="error" word=${lost ? "connection lost" : "no connection"} />`;
}
