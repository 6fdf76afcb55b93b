import { signal } from "@preact/signals";
import type { AlertDetail } from "../../src/views/trace";
import { change } from "../live/change";
import type { Changed, Refused } from "../live/changed";
import { refreshAll } from "../live/refresh";
import { showToast } from "../live/toasts";
import type { Store } from "../store";
import { clockText } from "../parts/time";

export type SentAct = "acknowledge" | "unacknowledge" | "resolve" | "feedback" | "notes";

/** Alerts whose act is on its way, by id. */
const underWay = signal<ReadonlySet<string>>(new Set());

export const isUnderWay = (id: string): boolean => underWay.value.has(id);

const failed: Readonly<Record<SentAct, string>> = {
  acknowledge: "Not acknowledged",
  unacknowledge: "Not given back",
  resolve: "Not resolved",
  feedback: "Not kept",
  notes: "Not kept",
};

const waitForIt: Refused = { trouble: "The act before is still on its way.", code: null, fields: {} };

/**
 * Sends an act on an alert and says where it was done. What is shown of the alert changes by the daemon's own frame
 * and never before, so that there is nothing to take back where it refuses.
 */
export async function sendAct(
  store: Store,
  id: string,
  act: SentAct,
  body: object = {},
): Promise<Changed<AlertDetail>> {
  if (underWay.peek().has(id)) return waitForIt;
  underWay.value = new Set([...underWay.peek(), id]);
  const changed = await change<AlertDetail>("POST", `api/alerts/${encodeURIComponent(id)}/${act}`, body);
  underWay.value = new Set([...underWay.peek()].filter((other) => other !== id));
  if ("answer" in changed) {
    showToast("good", doneWords(act, changed.answer));
    // Without a socket no frame comes.
    if (store.connection.peek().state !== "connected") refreshAll(store);
  }
  return changed;
}

/** The same where nothing beside the button has room for why it was refused. */
export async function actAloud(...given: Parameters<typeof sendAct>): ReturnType<typeof sendAct> {
  const changed = await sendAct(...given);
  if ("trouble" in changed && changed !== waitForIt) showToast("bad", `${failed[given[2]]}: ${changed.trouble}`);
  return changed;
}

function doneWords(act: SentAct, { acknowledged }: AlertDetail): string {
  if (act === "acknowledge")
    return acknowledged === null
      ? "Acknowledged."
      : `Acknowledged: ${acknowledged.by} has it until ${clockText(Date.parse(acknowledged.until))}.`;
  if (act === "unacknowledge") return "Given back: no one has it now.";
  if (act === "resolve") return "Resolved.";
  return act === "feedback" ? "Feedback kept." : "Note kept.";
}
