import { parseDuration } from "../../../core/duration";
import { alertDetail } from "../../../views/trace";
import { acknowledgedUntil, actOnOne } from "../act-on-one";
import { actWords } from "../words";
import { WrongWords, type Command } from "./command";

const idsMax = 20;

/** Acknowledges, for a time where the last word names one. */
export const ackCommand: Command = actCommand(
  "ack",
  "acknowledge",
  "ID... [2h]",
  "takes alerts on, for 4 h or as long as you say",
);
export const unackCommand: Command = actCommand("unack", "unacknowledge", "ID...", "gives alerts back");
export const resolveCommand: Command = actCommand("resolve", "resolve", "ID...", "ends alerts that last");

function actCommand(
  name: string,
  act: "acknowledge" | "unacknowledge" | "resolve",
  takes: string,
  does: string,
): Command {
  return {
    name,
    takes,
    does,
    need: "dashboard.alerts.manage",
    changes: true,
    async run(parts, { who }, words) {
      const forMs = act === "acknowledge" ? parseDuration(words.at(-1) ?? "") : null;
      const ids = (forMs === null ? words : words.slice(0, -1)).map((word) => word.toLowerCase());
      if (ids.length === 0) throw new WrongWords("which alert?");
      if (ids.length > idsMax) throw new WrongWords(`${idsMax} alerts at most`);
      const other = ids.find((id) => !/^a\d{1,15}$/.test(id));
      if (other !== undefined) throw new WrongWords(`${other} is no alert's id such as a12`);
      // All of them are submitted before the first is answered: they are kept together.
      const lines = ids.map(async (id) => {
        const outcome = await actOnOne(parts, id, who, { act, ...(forMs !== null && { forMs }) });
        const until =
          act === "acknowledge" && outcome === "done"
            ? acknowledgedUntil(alertDetail(parts.database, id), parts.now())
            : "";
        return `${actWords(act, id, outcome)}${until}`;
      });
      return (await Promise.all(lines)).join("\n");
    },
  };
}
