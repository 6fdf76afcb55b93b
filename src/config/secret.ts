import { readFileSync } from "node:fs";
import { z } from "zod";
import { hideSecret } from "./redaction";

/** Where a secret stands: never in the config itself. */
export const secretSchema = z.strictObject(
  { secret: z.enum(["env", "file"]), of: z.string().min(1) },
  'expected env("NAME") or file("PATH")',
);

export type SecretReference = z.output<typeof secretSchema>;

/** An address with a password before its @ is a secret, whatever else may be written in the open. */
export function holdsPassword(text: string): boolean {
  return /^\w+:\/\/[^/?#]*:[^/?#]*@/.test(text);
}

/** A secret in the environment. */
export function env(name: string): SecretReference {
  return { secret: "env", of: name };
}

/** A secret in a file; a line break at its end is not part of it. */
export function file(path: string): SecretReference {
  return { secret: "file", of: path };
}

/** The secret itself, from now on printed nowhere; or why there is none. */
export function revealed(
  reference: SecretReference,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly value: string } | { readonly missing: string } {
  const found = lookUp(reference, environment);
  if ("value" in found) hideSecret(found.value);
  return found;
}

function lookUp(
  { secret, of }: SecretReference,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly value: string } | { readonly missing: string } {
  if (secret === "env") {
    const value = environment[of];
    return value ? { value } : { missing: `env("${of}"): it is not set in the environment` };
  }
  try {
    const value = readFileSync(of, "utf8").replace(/\r?\n$/, "");
    return value === "" ? { missing: `file("${of}"): it is empty` } : { value };
  } catch (error) {
    return {
      missing: `file("${of}"): ${error instanceof Error && "code" in error ? String(error.code) : String(error)}`,
    };
  }
}
