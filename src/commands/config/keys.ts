import { z } from "zod";
import { inPlainWords, plainIssues } from "../../core/plain-words";
import { tunablePaths, tunablesPatchSchema, tunablesSchema, type TunablesPatch } from "../../core/tunables";
import { WrongUsage } from "../exit";

/** Throws WrongUsage with the keys there are. */
export function assertKey(key: string): void {
  if (!tunablePaths.includes(key))
    throw new WrongUsage(`argument 'key' is '${key}'. Allowed are ${tunablePaths.join(", ")}.`);
}

/** One value as typed on the command line, as a change of settings. Throws WrongUsage with what the key takes. */
export function patchOf(key: string, text: string): TunablesPatch {
  assertKey(key);
  const [group = "", field = ""] = key.split(".");
  const number = /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  const parsed = tunablesPatchSchema.safeParse(
    { [group]: { [field]: Number.isNaN(number) ? text : number } },
    inPlainWords,
  );
  if (!parsed.success)
    throw new WrongUsage(
      `argument 'value' is '${text}', which ${key} does not take: ${plainIssues(parsed.error)
        .map(({ message }) => message)
        .join("; ")}.`,
    );
  return parsed.data;
}

const metaSchema = z.object({ unit: z.string(), description: z.string() });

/** What a setting is counted in, and what it is for. */
export function meaningOf(key: string): { readonly unit: string; readonly description: string } {
  const [group = "", field = ""] = key.split(".");
  const fields = tunablesSchema.shape[group as keyof typeof tunablesSchema.shape].shape as Readonly<
    Record<string, z.ZodType>
  >;
  return metaSchema.parse(fields[field]?.meta());
}
