import { z } from "zod";
import { loadConfig } from "../../config";
import { SettingsDesk, storedRuntime } from "../../settings-desk";
import { openForReading, StoreError } from "../../store/open";
import { Reader } from "../../store/reader";
import type { TunablesPatch } from "../../core/tunables";
import { Rest } from "../ask/rest";
import { Failed } from "../exit";
import type { PlaceOptions, RemoteOptions } from "../options";
import { printItems, type Format, type Showing } from "../print/print";
import { assertKey, meaningOf } from "./keys";

const originShape = z.object({ path: z.string(), value: z.unknown(), origin: z.enum(["runtime", "file", "default"]), shadowed: z.unknown() });

/** One setting, what it means, and where its value comes from. */
interface Setting {
  readonly key: string;
  readonly value: unknown;
  readonly unit: string;
  readonly origin: "runtime" | "file" | "default";
  /** The config file's value where a runtime one stands before it. */
  readonly shadowed: unknown;
  readonly description: string;
}

export async function getSettings(key: string | undefined, options: RemoteOptions & { readonly output: Format }): Promise<void> {
  if (key !== undefined) assertKey(key);
  const origins = options.url === undefined ? await originsHere(options) : await originsAt(options.url);
  const settings = origins.filter(({ path }) => key === undefined || path === key).map(({ path, value, origin, shadowed }) => ({ key: path, value, origin, shadowed, ...meaningOf(path) }));
  printItems(settings, options.output, showing);
}

async function originsHere(options: PlaceOptions): Promise<readonly z.infer<typeof originShape>[]> {
  const config = await loadConfig(options);
  return new SettingsDesk(config, runtimeIn(config.data)).origins();
}

/** What is set at run time; nothing where there is no database yet. */
function runtimeIn(data: string): TunablesPatch {
  try {
    using opened = openForReading(data);
    return storedRuntime(new Reader(opened));
  } catch (error) {
    if (error instanceof StoreError && error.code === "missing") return {};
    throw error;
  }
}

async function originsAt(url: string): Promise<readonly z.infer<typeof originShape>[]> {
  const answer = await new Rest(url).get("/api/dashboard/config", z.object({ origins: z.array(originShape) }), { origins: 1 });
  if (answer === null) throw new Failed(`${url} has no settings: is it the address of a virtuoso daemon?`);
  return answer.origins;
}

const showing: Showing<Setting> = {
  idOf: ({ key }) => key,
  none: "no settings",
  columns: [
    { head: "KEY", text: ({ key }) => key, tone: () => "strong" },
    { head: "VALUE", text: ({ value }) => String(value), align: "right" },
    { head: "UNIT", text: ({ unit }) => unit },
    { head: "ORIGIN", text: ({ origin, shadowed }) => (shadowed === null ? origin : `${origin}, shadows ${String(shadowed)} in the file`), tone: ({ shadowed }) => (shadowed === null ? null : "notable") },
    { head: "MEANING", text: ({ description }) => description, atLeast: 12 },
  ],
};
