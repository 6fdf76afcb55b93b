import { isGate, type Word } from "../../core/decide/decision";
import type { Tone } from "./paint";

/** A signal worth no alert has a verdict; one that was worth it and went no further was held back. */
export function decisionOf(word: Word): string {
  return isGate(word) ? `held: ${word}` : word;
}

export function decisionTone(word: Word): Tone | null {
  if (word === "raised") return "good";
  return isGate(word) ? "notable" : null;
}
