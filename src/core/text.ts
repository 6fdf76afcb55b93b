import type { Direction } from "./signal";

/** The few ways a number or a duration is put into an alert's words. */
export function formatNumber(value: number, digits = 1): string {
  return unsigned(value.toFixed(digits));
}

export function formatPercent(ratio: number, digits = 1): string {
  return `${unsigned((ratio * 100).toFixed(digits))} %`;
}

/** What rounds to zero has no sign. */
function unsigned(text: string): string {
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}

/** 94 s, 12 min, 3 h 5 min, 2 d 4 h. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** 2026-12-19 09:36 UTC. */
export function formatDay(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** 812 bytes, 4.2 kB, 1.5 GB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const size = bytes / 1000 ** power;
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${["", "kB", "MB", "GB", "TB"][power] ?? ""}`;
}

export function formatDirection(direction: Direction): string {
  return direction.charAt(0).toUpperCase() + direction.slice(1);
}

export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Sentences as the end of another: "It answered 500. It rests." is "it answered 500; it rests". Names and acronyms keep their case. */
export function formatClause(sentences: string): string {
  return sentences
    .replace(/\.$/, "")
    .split(/\. (?=[A-Z])/)
    .map((sentence) => sentence.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase()))
    .join("; ");
}
