import { z } from "zod";
import { dayMs, minuteMs } from "../core/duration";
import { nameSchema } from "../core/name-schema";
import { inPlainWords, plainIssues, type PlainIssue } from "../core/plain-words";
import type { ChannelKind, SecretForm } from "../notify/channels/channel";
import { channelKinds } from "../notify/channels/index";
import { durationSchema } from "./duration-schema";
import { holdsPassword, secretSchema, type SecretReference } from "./secret";

export type Kinds = (typeof channelKinds)[number];

interface Written {
  readonly one: SecretReference;
  readonly either: string | SecretReference;
  readonly several: SecretReference | SecretReference[];
  readonly values: Record<string, string | SecretReference>;
}

type Settings<K extends Kinds> = z.input<K["settings"]>;

/** The settings of a kind as the config's author writes them: its secrets stand elsewhere. */
type WrittenSettings<K extends Kinds> = Omit<Settings<K>, keyof K["secrets"]> & {
  [P in keyof Pick<Settings<K>, keyof Settings<K> & keyof K["secrets"]>]: K["secrets"][P] extends SecretForm
    ? Written[K["secrets"][P]]
    : never;
};

type FileOf<K extends Kinds> = K extends Kinds
  ? { kind: K["kind"]; name: string; giveUp?: string | undefined } & WrittenSettings<K>
  : never;

/** A channel as the config's author writes it. */
export type ChannelFile = FileOf<Kinds>;
export type ChannelFileOf<K extends Kinds["kind"]> = FileOf<Extract<Kinds, { kind: K }>>;

/** A channel once read: its secrets are still references. */
export interface ReadChannel {
  readonly kind: string;
  readonly name: string;
  /** How long a message is tried, ms. */
  readonly giveUpMs: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

export const giveUpSchema = durationSchema.refine((ms) => ms >= minuteMs && ms <= 30 * dayMs, "expected 1m to 30d");
export const defaultGiveUpMs = dayMs;

/** Headers that hold nothing but secrets. */
const secretHeader = /(?:^|-)(?:authorization|cookie|token|secret|password|api-?key)$/i;

function secretForm(form: SecretForm, schema: z.core.$ZodType): z.ZodType {
  if (form === "one") return secretSchema;
  if (form === "either")
    return z
      .union([schema, secretSchema])
      .refine(
        (written) => typeof written !== "string" || !holdsPassword(written),
        'expected env("NAME") or file("PATH"): it has a password in it',
      );
  if (form === "several") return z.union([secretSchema, z.array(secretSchema).min(1).max(5)]);
  if (!(schema instanceof z.ZodRecord)) throw new Error("values are those of a record");
  return z.record(schema.keyType, z.union([schema.valueType, secretSchema])).superRefine((values, context) => {
    for (const [name, value] of Object.entries(values))
      if (typeof value === "string" && secretHeader.test(name))
        context.addIssue({ code: "custom", path: [name], message: 'expected env("NAME") or file("PATH")' });
  });
}

/** The schema of a kind's settings, with references where its secrets are. */
function writtenShape({ settings, secrets }: ChannelKind): Record<string, z.ZodType> {
  const shape: Readonly<Record<string, z.ZodType>> = settings.shape;
  const written = Object.entries(shape).map(([name, schema]) => {
    const form = secrets[name];
    if (form === undefined) return [name, schema];
    return schema instanceof z.ZodOptional
      ? [name, secretForm(form, schema.unwrap()).optional()]
      : [name, secretForm(form, schema)];
  });
  return Object.fromEntries(written);
}

function schemaOf(kind: ChannelKind) {
  return z.strictObject({
    kind: z.literal(kind.kind),
    name: nameSchema,
    giveUp: giveUpSchema.default(defaultGiveUpMs),
    ...writtenShape(kind),
  });
}

const [first, ...others] = channelKinds;
const schemas = [schemaOf(first), ...others.map(schemaOf)] as const;

const readSchema: z.ZodType<ReadChannel> = z
  .discriminatedUnion("kind", schemas)
  .transform(({ kind, name, giveUp, ...settings }) => ({ kind, name, giveUpMs: giveUp, settings }));

/** One channel of the config, of any kind there is. The schemas are made of the kinds, as the type of what they take is. */
export const channelSchema = readSchema as z.ZodType<ReadChannel, ChannelFile>;

/**
 * The settings with their secrets in place. `secretAt` gives the value of the reference at a path such as
 * `headers.authorization`, and null where there is none: the settings are then null too.
 */
export function settingsWithSecrets(
  { kind, settings }: Pick<ReadChannel, "kind" | "settings">,
  secretAt: (path: string, reference: SecretReference) => string | null,
): Record<string, unknown> | null {
  const secrets: Readonly<Partial<Record<string, SecretForm>>> = kindOf(kind)?.secrets ?? {};
  let isWhole = true;
  const filled = (path: string, written: unknown): unknown => {
    if (Array.isArray(written)) return written.map((each, index) => filled(`${path}[${index}]`, each));
    const reference = secretSchema.safeParse(written);
    if (!reference.success) return written;
    const value = secretAt(path, reference.data);
    if (value === null) isWhole = false;
    return value;
  };
  const entries = Object.entries(settings).map(([name, written]) => {
    if (secrets[name] !== "values") return [name, secrets[name] === undefined ? written : filled(name, written)];
    const values = Object.entries(written ?? {}).map(([key, value]) => [key, filled(`${name}.${key}`, value)]);
    return [name, Object.fromEntries(values)];
  });
  return isWhole ? Object.fromEntries(entries) : null;
}

export function kindOf(kind: string): ChannelKind | undefined {
  const kinds: readonly ChannelKind[] = channelKinds;
  return kinds.find((each) => each.kind === kind);
}

/** What is wrong with settings whose secrets are in place; without the values. */
export function settingsIssues(kind: string, settings: unknown): PlainIssue[] {
  const parsed = kindOf(kind)?.settings.safeParse(settings, inPlainWords);
  return parsed?.success === false ? plainIssues(parsed.error) : [];
}
