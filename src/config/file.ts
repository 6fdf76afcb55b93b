import { inPlainWords } from "../core/plain-words";
import type { UserRule } from "../core/settings";
import { binance, bybit } from "../exchange/config";
import { exchangeCalendar, hours } from "./calendars";
import * as channels from "./channel-constructors";
import { ConfigError } from "./config-error";
import { defineConfig, reports, rule } from "./define";
import { loadFault } from "./load-fault";
import { redact } from "./redaction";
import { configSchema, describeIssues, type ReadConfig } from "./schema";
import { env, file } from "./secret";

/** The rules of the config file. Throws ConfigError. */
export async function readRules(path: string): Promise<readonly UserRule[]> {
  return (await readConfigFile(path)).rules ?? [];
}

let reads = 0;

/** Loads the file anew, whatever was loaded before. */
export async function readConfigFile(path: string): Promise<ReadConfig> {
  offerOwnName();
  // Bun keeps modules by their path: a query makes the edited file another module. On a file: URL it would be ignored.
  const edition = `${path}?read=${++reads}`;
  let module: Record<string, unknown>;
  try {
    module = await import(edition);
  } catch (error) {
    // It is kept and shown by many: what a config throws may hold what it read.
    throw new ConfigError(redact(`config: ${loadFault(path, error)}`));
  }
  if (module["default"] === undefined)
    throw new ConfigError(`config: ${path} has no default export; write export default defineConfig({...})`);
  const parsed = parseConfig(path, module["default"]);
  if (!parsed.success)
    throw new ConfigError(
      describeIssues(parsed.error)
        .map((line) => `config: ${path}: ${line}`)
        .join("\n"),
    );
  const { sources = [], rules = [], figures = [], exchanges = [] } = parsed.data;
  const named = { source: sources, rule: rules, figures, exchange: exchanges };
  for (const [kind, items] of Object.entries(named))
    refuseTwins(
      path,
      items.map(({ name }) => `${kind} ${name}`),
    );
  return parsed.data;
}

/** What the file exports may be a getter or a Proxy that throws when it is looked at: that is the file's fault too. */
function parseConfig(path: string, exported: unknown): ReturnType<typeof configSchema.safeParse> {
  try {
    return configSchema.safeParse(exported, inPlainWords);
  } catch (error) {
    throw new ConfigError(
      `config: ${path} throws when it is read: ${error instanceof Error ? error.message : "something that cannot be described"}`,
    );
  }
}

let offered = false;

/** A config may stand anywhere and still import from "virtuoso": the program that reads it answers to the name. */
function offerOwnName(): void {
  if (offered) return;
  offered = true;
  Bun.plugin({
    name: "virtuoso",
    setup: (build) =>
      void build.module("virtuoso", () => ({
        exports: { defineConfig, reports, rule, bybit, binance, env, file, hours, exchangeCalendar, ...channels },
        loader: "object",
      })),
  });
}

function refuseTwins(path: string, names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) throw new ConfigError(`config: ${path}: there are two of ${twin}; names must differ`);
}
