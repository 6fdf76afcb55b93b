import type { SilenceBody } from "../../../api/routes/silences";
import { endSilence } from "../../../api/routes/silences";
import { parseDuration } from "../../../core/duration";
import { silenceDeps } from "../../../silences";
import type { SilenceShape } from "../../../views/silences";
import { from } from "../act-on-one";
import { mute, mutedMsMax, muteWords } from "../mute";
import { clockOf } from "../words";
import { Refusal, WrongWords, type Command } from "./command";
import { matchersOf } from "./matchers";

const shownMax = 20;

export const silenceCommand: Command = {
  name: "silence",
  takes: "SYMBOL, ID or MATCHER... 2h",
  does: "mutes what matches, or what is like an alert, for that long; high ones go out all the same",
  need: "dashboard.alerts.manage",
  changes: true,
  async run(parts, person, words) {
    // The command line's own words are taken too.
    const [word = "", ...rest] = words;
    if (word === "list") return await silencesCommand.run(parts, person, rest);
    if (word === "expire") return await expireCommand.run(parts, person, rest);
    const { who } = person;
    const forMs = parseDuration(words.at(-1) ?? "");
    const matched = (word === "add" ? rest : words).slice(0, -1);
    if (forMs === null || matched.length === 0) throw new WrongWords("what is to be muted, and for how long?");
    if (forMs <= 0 || forMs > mutedMsMax) throw new WrongWords("expected a time such as 2h, 30d at most");
    const [only = ""] = matched;
    const what: Pick<SilenceBody, "alert" | "match"> =
      matched.length === 1 && /^a\d{1,15}$/i.test(only)
        ? { alert: only.toLowerCase() }
        : { match: await matchersOf(parts, matched) };
    return muteWords(await mute(silenceDeps(parts), { ...what, for: forMs }, who), parts.now());
  },
};

export const silencesCommand: Command = {
  name: "silences",
  takes: "",
  does: "what is muted, by whom and until when",
  need: "dashboard.view",
  changes: false,
  run(parts) {
    const active = silenceDeps(parts).silences("active", shownMax);
    return active.length === 0 ? "nothing is muted" : active.map((each) => lineOf(each, parts.now())).join("\n");
  },
};

export const expireCommand: Command = {
  name: "expire",
  takes: "ID...",
  does: "ends silences, such as q12",
  need: "dashboard.alerts.manage",
  changes: true,
  async run(parts, { who }, words) {
    const ids = words.map((word) => word.toLowerCase());
    const other = ids.find((id) => !/^q\d{1,15}$/.test(id));
    if (ids.length === 0 || other !== undefined) throw new WrongWords("expected ids of silences, such as q12");
    const deps = silenceDeps(parts);
    const unknown = ids.find((id) => deps.silence(id) === null);
    if (unknown !== undefined) throw new Refusal(`there is no silence ${unknown}: /silences lists them`);
    const lines: string[] = [];
    for (const id of ids) {
      const { words: match, hidden } = await endSilence(deps, id, { who, from });
      lines.push(`${id} has ended: ${match}; it held back ${hidden}`);
    }
    return lines.join("\n");
  },
};

function lineOf(silence: SilenceShape, now: number): string {
  const { id, words, by, comment, ends_at: at, until_alert: alert, include_high: high, hidden } = silence;
  const end =
    at === null ? (alert === null ? "until it is 24 h unused" : `until ${alert} ends`) : `until ${clockOf(at, now)}`;
  const why = comment === "" ? "" : `: ${comment}`;
  return `${id} ${words} ${end}, by ${by}${why}; held back ${hidden}${high ? ", high ones too" : ""}`;
}
