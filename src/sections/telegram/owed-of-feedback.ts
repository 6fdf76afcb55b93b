import { owe, type Plan } from "../../core/notify/plan";
import type { Channel } from "../../notify/deliver-deps";
import type { Recorded, StoreWriter } from "../../store/writer";

/** What was made of an alert is said in its message, where that has buttons for it; one that is still due says so by itself. */
export function owedOfFeedback(
  { observation, decided }: Pick<Recorded, "observation" | "decided">,
  channels: readonly Channel[],
  { deliveries }: Pick<StoreWriter, "deliveries">,
): Plan {
  if (observation.kind !== "act" || observation.act !== "feedback") return { due: [], over: [] };
  const done = decided.acted.filter(({ outcome }) => outcome === "done");
  const due = done.flatMap(({ alertSeq }) => {
    const rows = deliveries.ofAlert(alertSeq);
    return channels
      .filter(({ kind, settings }) => kind.edits && kind.acts?.(settings) === true)
      .filter(({ name }) => {
        const here = rows.filter(({ channel }) => channel === name);
        const isSent = here.some(({ purpose, state }) => purpose === "raise" && state === "sent");
        return isSent && !here.some(({ purpose, state }) => purpose === "edit" && state === "due");
      })
      .map(({ name }) => owe(alertSeq, name, "edit", observation.receivedAt));
  });
  return { due, over: [] };
}
