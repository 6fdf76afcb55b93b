import type { Schema } from "./openapi";

/** The plain words of a schema: its type, and every limit it sets. */
export function typeText(schema: Schema): string {
  const type = typeof schema.type === "string" ? schema.type : schema.type?.join(" or ");
  return type ?? (schema.const === undefined && schema.enum === undefined ? "anything" : "");
}

/** The largest and smallest safe integers are how "no limit" is spelled. */
const endless = Number.MAX_SAFE_INTEGER;

export function limitsOf(schema: Schema): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  const unit = schema.unit ?? schema["x-unit"];
  return [
    range(minimum === -endless ? undefined : minimum, maximum === endless ? undefined : maximum, unit ?? ""),
    range(minLength, maxLength, "characters"),
    range(minItems, maxItems, "items"),
    schema.minimum === undefined && schema.maximum === undefined ? unit : undefined,
    schema.const === undefined ? undefined : `always ${JSON.stringify(schema.const)}`,
    schema.enum === undefined ? undefined : schema.enum.map(String).join(" | "),
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
    schema.format,
    // A format already says what its pattern spells out.
    schema.format === undefined && schema.pattern !== undefined ? `matches ${schema.pattern}` : undefined,
  ].filter((text) => text !== undefined);
}

function range(min: number | undefined, max: number | undefined, unit: string): string | undefined {
  if (min === undefined && max === undefined) return undefined;
  if (max === undefined) return `at least ${min} ${unit}`.trimEnd();
  return (min === undefined ? `at most ${max} ${unit}` : `${min} to ${max} ${unit}`).trimEnd();
}
