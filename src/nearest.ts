import { closest, distance } from "fastest-levenshtein";

/** The word that was probably meant, or null where none is near. */
export function nearest(given: string, words: readonly string[]): string | null {
  const lower = given.toLowerCase();
  // A word that was begun is meant whole.
  const begun = words.filter((word) => lower.length > 1 && word.startsWith(lower));
  if (begun.length === 1) return begun[0] ?? null;
  if (words.length === 0) return null;
  const found = closest(lower, words);
  return distance(lower, found) <= Math.max(2, Math.floor(found.length / 3)) ? found : null;
}
