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

export function tokenFrom(environment: Environment = process.env): string | undefined {
  const token = environment["VIRTUOSO_TOKEN"] || undefined;
  hideSecret(token);
  return token;
}

/** https://no-color.org: set and not empty means none. */
export function wantsColour(environment: Environment = process.env): boolean {
  return !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
}
