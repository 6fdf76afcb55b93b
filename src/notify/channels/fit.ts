/** How a channel measures a text. */
export type Measure = (text: string) => number;

export const bytesOf: Measure = (text) => Buffer.byteLength(text);

/** Everything a line cannot hold: control characters, line separators. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Control characters that a text in lines has no use for. */
const controls = /[^\P{Cc}\n\t]+/gu;

/** The text on one line, shortened with an ellipsis where it is too long. */
export function fitLine(text: string, max: number, measure = bytesOf): string {
  const line = text.toWellFormed().replace(breaks, " ").trim();
  return measure(line) <= max ? line : `${beginning(line, max - measure("…"), measure)}…`;
}

/** The text in its lines; where it is too long, its end says how much is missing. No character is split. */
export function fitText(text: string, max: number, measure = bytesOf): string {
  const clean = text.toWellFormed().replaceAll("\r\n", "\n").replace(controls, "");
  if (measure(clean) <= max) return clean;
  const kept = beginning(clean, max - measure(missing(clean.length)), measure);
  return kept + missing(Array.from(clean.slice(kept.length)).length);
}

/** What a text says beyond the title it is shown under, where its first line is the title; never nothing. */
export function underTitle(title: string, text: string): string {
  return text.startsWith(`${title}\n`) ? text.slice(title.length + 1) : text;
}

function missing(characters: number): string {
  return `\n… ${characters} more characters`;
}

const segmenter = new Intl.Segmenter();

function beginning(text: string, max: number, measure: Measure): string {
  let kept = "";
  let size = 0;
  // No measure gives a unit of the text less than one.
  for (const { segment } of segmenter.segment(text.slice(0, Math.max(0, max) + 1))) {
    size += measure(segment);
    if (size > max) break;
    kept += segment;
  }
  return kept;
}
