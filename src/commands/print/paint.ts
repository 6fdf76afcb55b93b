import type { Priority } from "../../core/alert";
import type { Direction } from "../../core/signal";
import { wantsColour } from "../../config/environment";

/** Why a text has a colour; the words carry the meaning too. */
export type Tone = "urgent" | "notable" | "quiet" | "good" | "bad" | "strong";

const codes = {
  urgent: "1;31",
  notable: "33",
  quiet: "2",
  good: "32",
  bad: "31",
  strong: "1",
} as const satisfies Record<Tone, string>;

export type Paint = (text: string, tone: Tone | null) => string;

/** Colours for this stream: on a terminal, and nowhere else. */
export function paintFor(stream: { readonly isTTY?: boolean | undefined }): Paint {
  if (stream.isTTY !== true || !wantsColour()) return (text) => text;
  return (text, tone) => (tone === null || text === "" ? text : `\u001b[${codes[tone]}m${text}\u001b[0m`);
}

export function priorityTone(priority: Priority): Tone | null {
  if (priority === "high") return "urgent";
  return priority === "medium" ? "notable" : null;
}

export function directionTone(direction: Direction | null): Tone | null {
  if (direction === "long") return "good";
  return direction === "short" ? "bad" : null;
}

const arrows = { long: "↑", short: "↓", neutral: "→", exit: "×" } as const satisfies Record<Direction, string>;

export function arrowed(direction: Direction | null): string | null {
  return direction === null ? null : `${arrows[direction]} ${direction}`;
}
