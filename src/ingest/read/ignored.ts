import type { Entry } from "./entry";

/** Notes the keys of an entry that nothing read. */
export function noteIgnored({ layers, notes }: Entry): void {
  const body = layers[0]?.object;
  for (const { object, prefix } of layers) {
    for (const key of Object.keys(object)) {
      if (notes.isFull) return;
      const value = object[key];
      if (value === undefined || value === null || value === body) continue;
      if (!notes.mentions(prefix + key)) notes.ignored(prefix + key, value);
    }
  }
}
