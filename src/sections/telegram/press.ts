import { hourMs } from "../../core/duration";
import type { DaemonParts } from "../../daemon/parts";
import { readCallback, type Press } from "../../notify/channels/telegram-buttons";
import { silenceDeps } from "../../silences";
import { alertDetail } from "../../views/trace";
import { acknowledgedUntil, actOnOne } from "./act-on-one";
import { mute, muteWords } from "./mute";
import type { Person } from "./people";
import { actWords, feedbackWords } from "./words";

const muteForMs = 2 * hourMs;

/** Does what a button stands for, and answers what came of it in a line. Throws Problem where that is not stored. */
export async function doPress(parts: DaemonParts, person: Person, token: string, data: string): Promise<string> {
  const press = readCallback(token, data);
  if (press === null) return "nothing was done: this is no button of this desk, or its bot has another token by now";
  if (!person.may("dashboard.alerts.manage")) return "nothing was done: your account may not act on alerts";
  return await acts[press.act](parts, press.alertId, person.who);
}

type Act = (parts: DaemonParts, alertId: string, who: string) => Promise<string>;

/** A press that comes twice is one. */
const feedback =
  (value: "took" | "skipped"): Act =>
  async (parts, id, who) => {
    const before = alertDetail(parts.database, id)?.acts.findLast(({ act, by }) => act === "feedback" && by === who);
    if (before?.value === value) return feedbackWords(value, id, "already");
    return feedbackWords(value, id, await actOnOne(parts, id, who, { act: "feedback", value }));
  };

const acts: Readonly<Record<Press["act"], Act>> = {
  async acknowledge(parts, id, who) {
    const outcome = await actOnOne(parts, id, who, { act: "acknowledge" });
    const until = outcome === "done" ? acknowledgedUntil(alertDetail(parts.database, id), parts.now()) : "";
    return `${actWords("acknowledge", id, outcome)}${until}`;
  },
  /** What is pressed under an alert of high priority is meant for those too. */
  async mute(parts, id, who) {
    const alert = alertDetail(parts.database, id);
    if (alert === null) return actWords("acknowledge", id, "unknown");
    const wanted = { alert: id, for: muteForMs, include_high: alert.priority === "high" };
    return muteWords(await mute(silenceDeps(parts), wanted, who), parts.now());
  },
  took: feedback("took"),
  skipped: feedback("skipped"),
};
