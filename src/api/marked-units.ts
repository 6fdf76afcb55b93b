/** The document as JSON, with `unit`, a word of ours that no schema language knows, marked as an extension. */
export function markUnits(document: object): unknown {
  return JSON.parse(JSON.stringify(document), (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || !("unit" in value) || typeof value.unit !== "string")
      return value;
    const { unit, ...rest } = value;
    return { ...rest, "x-unit": unit };
  });
}
