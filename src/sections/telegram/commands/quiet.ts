import { endSilence, makeSilence } from "../../../api/routes/silences";
import type { Matcher } from "../../../core/matcher";
import { parseDuration } from "../../../core/duration";
import { activeSilencesMax, silenceDeps } from "../../../silences";
import { from } from "../act-on-one";
import { mutedMsMax } from "../mute";
import { clockOf } from "../words";
import { WrongWords, type Command } from "./command";

/** All but what is urgent. */
const quietMatch: readonly Matcher[] = [{ name: "priority", op: "!=", value: "high" }];

/** A silence as any other: it is seen on the page, ended there too, and holds for everyone. */
export const quietCommand: Command = {
  name: "quiet",
  takes: "on [8h] or off",
  does: "holds back all but high alerts, for everyone, until off, as long as you say, or until there was nothing to hold back for 24 h",
  need: "dashboard.alerts.manage",
  changes: true,
  async run(parts, { who }, words) {
    const [wanted = "", time, ...others] = words.map((word) => word.toLowerCase());
    const forMs = time === undefined ? undefined : parseDuration(time);
    const isRead = (wanted === "on" && forMs !== null) || (wanted === "off" && time === undefined);
    if (!isRead || others.length > 0) throw new WrongWords("on or off?");
    if (forMs && forMs > mutedMsMax) throw new WrongWords("30d at most");
    const deps = silenceDeps(parts);
    const active = deps.silences("active", activeSilencesMax).filter(({ match }) => Bun.deepEquals(match, quietMatch));
    if (wanted === "off") {
      if (active.length === 0) return "it was not quiet";
      const ended = [];
      for (const { id } of active) ended.push(await endSilence(deps, id, { who, from }));
      return `no longer quiet; held back meanwhile: ${ended.reduce((sum, { hidden }) => sum + hidden, 0)}`;
    }
    const lasting = active.find(({ ends_at: at }) => at === null);
    if (lasting && forMs === undefined)
      return `it is quiet already, by ${lasting.by} (${lasting.id}): /quiet off ends it`;
    const body = {
      match: [...quietMatch],
      comment: "quiet",
      ...(forMs !== undefined && forMs !== null && { for: forMs }),
    };
    const { id, ends_at: at } = await makeSilence(deps, body, { who, from });
    const until =
      at === null
        ? "until /quiet off, or until there was nothing to hold back for 24 h"
        : `until ${clockOf(at, parts.now())}`;
    return `quiet for everyone ${until}: low and medium alerts are held back, high ones go out (${id})`;
  },
};
