/** `<circular_reference:dict>`: what a serializer leaves where it could not write the value. */
const LEFT_BY_SERIALIZER = /^<[a-z_]+:[^<>]*>$/i;
/** What languages print for nothing, in exactly their spelling: `NAN` in capitals may be a ticker. */
const NOTHING = new Set(["", "None", "null", "undefined", "nan", "NaN", "N/A", "n/a"]);

/** Whether a text stands for a value that is not there. */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  return NOTHING.has(trimmed) || LEFT_BY_SERIALIZER.test(trimmed);
}
