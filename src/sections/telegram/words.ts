import type { ActName, ActOutcome } from "../../core/act";
import { dayMs } from "../../core/duration";
import { formatDay, formatDuration } from "../../core/text";

/** `16:20 UTC`, with the day where it is another one than now's. */
export function clockOf(iso: string, now: number): string {
  const at = Date.parse(iso);
  return Math.floor(at / dayMs) === Math.floor(now / dayMs) ? `${iso.slice(11, 16)} UTC` : formatDay(at);
}

export function agoOf(iso: string, now: number): string {
  return `${formatDuration(Math.max(0, now - Date.parse(iso)))} ago`;
}

const doneWords: Readonly<Record<Exclude<ActName, "feedback" | "note">, readonly [done: string, already: string]>> = {
  acknowledge: ["acknowledged", "is acknowledged by you already"],
  unacknowledge: ["given back", "was not acknowledged by anyone"],
  resolve: ["resolved", "was resolved before"],
};

const otherWords: Readonly<Record<Exclude<ActOutcome, "done" | "already">, string>> = {
  ended: "has ended",
  expires: "is an event: it ends by itself, at its time",
  unknown: "is no alert that is kept",
};

/** What came of an act on one alert, in a line. */
export function actWords(act: keyof typeof doneWords, id: string, outcome: ActOutcome): string {
  if (outcome === "done") return `${id} ${doneWords[act][0]}`;
  return `${id} ${outcome === "already" ? doneWords[act][1] : otherWords[outcome]}`;
}

export function feedbackWords(value: string, id: string, outcome: ActOutcome): string {
  if (outcome === "done") return `noted: ${value} ${id}`;
  return outcome === "already" ? `noted before: ${value} ${id}` : `${id} ${otherWords[outcome]}`;
}
