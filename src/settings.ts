import { z } from "zod";
import { settingsOf, tunablesOf } from "./config/effective";
import type { Config } from "./config";
import { inPlainWords, plainIssues } from "./core/plain-words";
import type { Settings } from "./core/settings";
import {
  mergePatches,
  readPath,
  defaultTunables,
  tunablePaths,
  tunablesPatchSchema,
  tunablesSchema,
  type Tunables,
  type TunablesPatch,
} from "./core/tunables";
import type { SettingOrigin } from "./views/setting-origin";
import { storedJson } from "./store/fault";
import type { Reader } from "./store/reader";

/** A change that cannot be made; each issue names the field and what it takes. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  constructor(readonly issues: readonly { readonly path: string; readonly message: string }[]) {
    super(issues.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  }
}

/** Who changes something, and from where: an address, `command line` or `config file`. */
export interface By {
  readonly who: string;
  readonly from: string;
}

/** A change as the writer keeps it. */
export interface SettingsChange extends By {
  /** What was set at run time until now, and what is from now on. */
  readonly before: TunablesPatch;
  readonly after: TunablesPatch;
  /** What holds from now on. */
  readonly settings: Settings;
  readonly config: Tunables;
  /** For the audit: the fields that differ, as they were and as they are. */
  readonly differs: { readonly before: object; readonly after: object };
}

/** What commits a change. */
interface SettingsWriter {
  /** Commits what waits, now. */
  flush(): void;
  /** False where the store did not take it. */
  changeSettings(change: SettingsChange): boolean;
}

/** What holds now: the config file's word and above it what was set at run time. */
export class SettingsService {
  #config: Config;
  #runtime: TunablesPatch;
  #settings: Settings;

  constructor(config: Config, runtime: TunablesPatch) {
    this.#config = config;
    this.#runtime = runtime;
    this.#settings = this.#build();
  }

  get settings(): Settings {
    return this.#settings;
  }

  get tunables(): Tunables {
    return tunablesOf(this.#config.file, this.#runtime);
  }

  get runtime(): TunablesPatch {
    return this.#runtime;
  }

  get config(): Config {
    return this.#config;
  }

  /** Where each value comes from, and what it shadows. */
  origins(): SettingOrigin[] {
    const { monitoring, signals, alpha } = this.#config.file;
    const file: TunablesPatch = { monitoring, signals, alpha };
    return tunablePaths.map((path) => {
      const fromFile = readPath(file, path);
      const origin =
        readPath(this.#runtime, path) !== undefined ? "runtime" : fromFile !== undefined ? "file" : "default";
      return {
        path,
        value: readPath(this.tunables, path),
        origin,
        shadowed: origin === "runtime" && fromFile !== undefined ? fromFile : null,
      };
    });
  }

  /** Commits a change of what is set at run time, then lets it hold. False where the store did not take it. Throws SettingsError. */
  change(
    writer: SettingsWriter,
    change: { readonly patch?: unknown; readonly unset?: readonly string[] } & By,
  ): boolean {
    const patch = parsePatch(change.patch ?? {});
    const kept = withoutPaths(this.#runtime, change.unset ?? []);
    const after = mergePatches(kept, patch);
    // What sets nothing anew is no change: history and audit would name who did nothing.
    if (tunablePaths.every((path) => readPath(after, path) === readPath(this.#runtime, path))) return true;
    return this.#commit(writer, after, this.#config, change);
  }

  /** The config file was edited: its new word holds, under what was set at run time. */
  reload(writer: SettingsWriter, config: Config): boolean {
    return this.#commit(writer, this.#runtime, config, { who: "config file", from: "config file" });
  }

  /**
   * What holds from the start on is recorded where it is not what held last, as describeSettings gave it then: the file or
   * the program was changed meanwhile, and replay must know.
   */
  begin(writer: SettingsWriter, last: string | null): void {
    const now = describeSettings(this.#settings);
    if (last === now) return;
    const differs = last === null ? nothingDiffers : difference(described(last), described(now));
    this.#commit(writer, this.#runtime, this.#config, { who: "config file", from: "config file" }, differs);
  }

  #commit(
    writer: SettingsWriter,
    after: TunablesPatch,
    config: Config,
    { who, from }: By,
    differed?: Differs,
  ): boolean {
    // What waits came in before: it is decided, and replayed, by what held then.
    writer.flush();
    const before = { runtime: this.#runtime, config: this.#config, settings: this.#settings, tunables: this.tunables };
    this.#runtime = after;
    this.#config = config;
    this.#settings = this.#build();
    const now = this.tunables;
    const differs = differed ?? difference(comparable(before.tunables, before.config), comparable(now, config));
    if (
      writer.changeSettings({
        who,
        from,
        before: before.runtime,
        after,
        settings: this.#settings,
        config: now,
        differs,
      })
    )
      return true;
    this.#runtime = before.runtime;
    this.#config = before.config;
    this.#settings = before.settings;
    return false;
  }

  #build(): Settings {
    return settingsOf(this.#config.file, this.#runtime, this.#config.readSources);
  }
}

/** What was last set at run time. */
export function storedRuntime(reader: Reader): TunablesPatch {
  const latest = reader.settingsHistory(1)[0];
  return latest ? storedJson(latest.after, tunablesPatchSchema) : {};
}

/** All that decide is tuned by, as it is kept for replay. */
function describeSettings(settings: Settings): string {
  return JSON.stringify(settings);
}

/** What a person would compare: the settings by their names, and what only the config file says. What follows from others is left out. */
function comparable(tunables: Tunables, { file, readSources }: Config): Readonly<Record<string, unknown>> {
  const { priorities, host, silences = [], inhibit, rules = [] } = file;
  const named = tunablePaths.map((path) => [path, readPath(tunables, path)]);
  return {
    ...Object.fromEntries(named),
    priorities,
    host,
    silences,
    inhibit,
    sources: readSources,
    rules: rules.map(({ name }) => name),
  };
}

interface Differs {
  readonly before: object;
  readonly after: object;
}

const nothingDiffers: Differs = { before: {}, after: {} };

function described(settings: string): Readonly<Record<string, unknown>> {
  return storedJson(settings, z.record(z.string(), z.unknown()));
}

/** Of both, what is not the same in both. */
function difference(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Differs {
  const changed = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const only = (all: Readonly<Record<string, unknown>>) => Object.fromEntries(changed.map((key) => [key, all[key]]));
  return { before: only(before), after: only(after) };
}

function parsePatch(patch: unknown): TunablesPatch {
  const parsed = tunablesPatchSchema.safeParse(patch, inPlainWords);
  if (!parsed.success) throw new SettingsError(plainIssues(parsed.error, "(body)"));
  return parsed.data;
}

function withoutPaths(runtime: TunablesPatch, paths: readonly string[]): TunablesPatch {
  const unknown = paths.filter((path) => !tunablePaths.includes(path));
  if (unknown.length > 0)
    throw new SettingsError(
      unknown.map((path) => ({ path, message: `no such setting; there are ${tunablePaths.join(", ")}` })),
    );
  const kept = Object.entries(runtime).map(([group, fields]) => [
    group,
    Object.fromEntries(Object.entries(fields ?? {}).filter(([field]) => !paths.includes(`${group}.${field}`))),
  ]);
  return Object.fromEntries(kept) as TunablesPatch;
}

/** JSON Schema of the settings, with units, help and defaults. */
export function settingsSchema(): object {
  return z.toJSONSchema(tunablesSchema, {
    io: "input",
    override({ jsonSchema, path }) {
      // Of a field, the path is properties, group, properties, name.
      const value = readPath(defaultTunables, path.filter((part) => part !== "properties").join("."));
      if (value !== undefined) jsonSchema.default = value as string | number;
    },
  });
}
