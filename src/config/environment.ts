import { resolve } from "node:path";
import { hideSecret } from "./redaction";

/** What is read from the environment without a config; what a start needs is read by loadConfig. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The data folder, without reading the config: lists must work while that is broken. */
export function dataFolder(flag: string | undefined, environment: Environment = process.env): string {
  return resolve(flag ?? (environment["VIRTUOSO_DATA"] || "data"));
}

/** Whether npm or npx started this: it passes no signal through the shell between, and only goes. */
export function startedByNpm(environment: Environment = process.env): boolean {
  return environment["npm_command"] !== undefined || environment["npm_lifecycle_event"] !== undefined;
}

/**
 * How a person calls this program: by its name where it is installed, else as a checkout has it.
 * npm puts the folders of the checkout first on the path, so what it finds there says nothing.
 */
export function programName(environment: Environment = process.env, which = Bun.which): string {
  const isInstalled = !startedByNpm(environment) && which("virtuoso", { PATH: environment["PATH"] ?? "" }) !== null;
  return isInstalled ? "virtuoso" : "npx virtuoso";
}

export function tokenFrom(environment: Environment = process.env): string | undefined {
  const token = environment["VIRTUOSO_TOKEN"] || undefined;
  hideSecret(token);
  return token;
}

/** https://no-color.org: set and not empty means none. */
export function wantsColour(environment: Environment = process.env): boolean {
  return !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
}
