import { InvalidArgumentError, Option, type Command } from "commander";
import { z } from "zod";
import type { Narrowed, pageFields } from "../store/filters/page";

type Filtering = z.ZodObject<typeof pageFields>;

/** The flags of a filter's fields, and what they say: `--min-priority <priority>`, `of this priority or more urgent`. */
export type Flags<S extends Filtering> = { readonly [N in keyof Narrowed<S>]?: readonly [flags: string, text: string] };

export const symbolFlag = ["--symbol <symbol>", "BTCUSDT, btc/usdt, ..."] as const;
export const sourceFlag = ["--source <name>", "of this source"] as const;

/** Options of a list, each read by the field of its filter: choices, bounds and spellings stand there. */
export function addFilter<S extends Filtering>(command: Command, filter: S, flags: Flags<S>): Command {
  for (const [name, [flag, text]] of Object.entries(flags) as [string, readonly [string, string]][])
    command.addOption(filterOption(fieldOf(filter, name), flag, text));
  return command;
}

/** What was chosen of a filter, by the names the API has for its fields. */
export function chosenOf<S extends Filtering>(filter: S, options: object): Narrowed<S> {
  const given = options as Readonly<Record<string, unknown>>;
  const chosen = Object.keys(filter.shape).map((name) => [name, given[inCamelCase(name)]] as const);
  return Object.fromEntries(chosen.filter(([, value]) => value !== undefined)) as Narrowed<S>;
}

export function filterOption(field: z.ZodType, flags: string, text: string): Option {
  const choices = choicesOf(field);
  const option = new Option(flags, text);
  if (choices !== null) option.choices(choices);
  return option.argParser((given: string) => readBy(field, given, choices));
}

/** Throws InvalidArgumentError where it is none of its values. */
function readBy(field: z.ZodType, given: string, choices = choicesOf(field)): unknown {
  const text = given.trim();
  const parsed = field.safeParse(choices?.find((each) => each.toLowerCase() === text.toLowerCase()) ?? text);
  if (parsed.success) return parsed.data;
  if (choices !== null) throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
  throw new InvalidArgumentError(
    boundsOf(field) ?? `${inSentence(parsed.error.issues[0]?.message ?? "expected something else")}.`,
  );
}

function fieldOf(filter: Filtering, name: string): z.ZodType {
  return (filter.shape as Readonly<Record<string, z.ZodType>>)[name] ?? z.never();
}

/** The words a field takes; null where they are not a few. */
function choicesOf(field: z.ZodType): readonly string[] | null {
  const inner = field instanceof z.ZodOptional ? (field.unwrap() as z.ZodType) : field;
  if (!(inner instanceof z.ZodEnum)) return null;
  return inner.options.map(String).filter((each) => field.safeParse(each).success);
}

const boundsSchema = z.object({ parameter: z.object({ type: z.string(), minimum: z.number(), maximum: z.number() }) });

function boundsOf(field: z.ZodType): string | null {
  const inner = field instanceof z.ZodOptional ? (field.unwrap() as z.ZodType) : field;
  const bounds = boundsSchema.safeParse(inner.meta());
  if (!bounds.success) return null;
  const { type, minimum, maximum } = bounds.data.parameter;
  return `Expected a ${type === "integer" ? "whole " : ""}number from ${minimum} to ${maximum}.`;
}

function inSentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** As the command line's parser names an option: `min_priority` is `minPriority`. */
function inCamelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
