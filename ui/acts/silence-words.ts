import type { SilenceShape } from "../../src/views/silences";
import { uptimeText } from "../parts/time";
import { timeText } from "./act-words";

type Ends = Pick<SilenceShape, "ends_at" | "until_alert">;

/** When a silence ends, after its matchers: `until 15:09 UTC`. */
export function endText({ ends_at: at, until_alert: alert }: Ends, now: number): string {
  if (at !== null) return `until ${timeText(Date.parse(at), now)}`;
  return alert === null ? "until it has hidden nothing for 24 h" : `until alert ${alert} ends`;
}

/** The same as a countdown: `ends in 38 min`. */
export function countdownText({ ends_at: at, until_alert: alert }: Ends, now: number): string {
  if (at !== null) return `ends in ${leftText(Date.parse(at), now)}`;
  return alert === null ? "ends once it has hidden nothing for 24 h" : `ends with alert ${alert}`;
}

function leftText(until: number, now: number): string {
  return uptimeText(Math.max(0, until - now) / 1000);
}

/** What it has hidden so far. */
export function hidText({ hidden, hidden_high: high }: Pick<SilenceShape, "hidden" | "hidden_high">): string {
  if (hidden === 0) return "hid nothing yet";
  return high === 0 ? `hid ${hidden}` : `hid ${hidden}, ${high} high`;
}

/** How many hold, and the first end that is known. */
export function activeText(silences: readonly Ends[], now: number): string {
  const ends = silences.flatMap(({ ends_at: at }) => (at === null ? [] : [Date.parse(at)]));
  const many = `${silences.length} ${silences.length === 1 ? "silence" : "silences"} active`;
  if (ends.length === 0) return many;
  return `${many}, ${ends.length === 1 && silences.length === 1 ? "it" : "the next"} ends in ${leftText(Math.min(...ends), now)}`;
}

const opWords: Readonly<Record<SilenceShape["match"][number]["op"], string>> = {
  "=": "is",
  "!=": "is not",
  "=~": "matches",
  "!~": "does not match",
  ">=": "is at least",
};

/** What a silence mutes, in words: `symbol is BTCUSDT, and source is not trend`. */
export function matchText({ match }: Pick<SilenceShape, "match">): string {
  if (match.length === 0) return "every alert";
  return match.map(({ name, op, value }) => `${name.replaceAll("_", " ")} ${opWords[op]} ${value}`).join(", and ");
}
