import type { Tunables, TunablesPatch } from "../../src/core/tunables";

export type Value = number | string;

/** One setting as the server's JSON Schema describes it. */
export interface Field {
  /** monitoring.scan_interval and the like. */
  readonly path: string;
  readonly group: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly whole: boolean;
  readonly min: number | null;
  readonly max: number | null;
  /** One of these, where it is a choice. */
  readonly choices: readonly string[] | null;
  readonly usual: Value | null;
}

interface FieldSchema {
  readonly type?: string;
  readonly unit?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly default?: Value;
}

export interface SettingsSchema {
  readonly properties: Readonly<Record<string, { readonly properties: Readonly<Record<string, FieldSchema>> }>>;
}

export function fieldsOf(schema: SettingsSchema): readonly Field[] {
  return Object.entries(schema.properties).flatMap(([group, { properties }]) =>
    Object.entries(properties).map(([name, field]) => ({
      path: `${group}.${name}`,
      group,
      name,
      title: titleOf(name),
      description: field.description ?? "",
      unit: field.unit ?? "",
      whole: field.type === "integer",
      min: field.minimum ?? null,
      max: field.maximum ?? null,
      choices: field.enum ?? null,
      usual: field.default ?? null,
    })),
  );
}

/** What is wrong with what was typed, as a sentence; null where it may be sent. */
export function faultOf(field: Field, text: string): string | null {
  if (field.choices !== null) return field.choices.includes(text) ? null : `One of ${field.choices.join(", ")}.`;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return "A number is expected.";
  if (field.whole && !Number.isInteger(value)) return "A whole number is expected.";
  if (field.min !== null && value < field.min) return `Too small: ${field.min} at least.`;
  if (field.max !== null && value > field.max) return `Too large: ${field.max} at most.`;
  return null;
}

export function readValue(settings: Tunables, field: Field): Value {
  return (settings as Readonly<Record<string, Readonly<Record<string, Value>>>>)[field.group]?.[field.name] ?? "";
}

/** Only what is typed differently from what holds. */
export function changesOf(
  fields: readonly Field[],
  typed: Readonly<Record<string, string>>,
  settings: Tunables,
): readonly Field[] {
  return fields.filter(
    (field) => typed[field.path] !== undefined && typed[field.path] !== String(readValue(settings, field)),
  );
}

/** The changes that may be sent, as the API takes them. */
export function patchOf(changed: readonly Field[], typed: Readonly<Record<string, string>>): TunablesPatch {
  const patch: Record<string, Record<string, Value>> = {};
  for (const field of changed) {
    const text = typed[field.path] ?? "";
    if (faultOf(field, text) === null)
      patch[field.group] = { ...patch[field.group], [field.name]: field.choices === null ? Number(text) : text };
  }
  return patch;
}

function titleOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words[0]?.toUpperCase() + words.slice(1);
}
