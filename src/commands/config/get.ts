import { z } from "zod";
import { SettingsService, storedRuntime } from "../../settings";
import { Reader } from "../../store/reader";
import { settingOriginShape, type SettingOrigin } from "../../views/setting-origin";
import { configOrDefaults } from "../client/config-or-defaults";
import { daemonFor } from "../client/daemon";
import { openIfPresent } from "../client/open-if-present";
import type { RemoteOptions } from "../options";
import { settingOf } from "../print/figures";
import { printItems, type Format, type Showing } from "../print/print";
import { assertKey, meaningOf } from "./keys";

/** One setting, what it means, and where its value comes from. */
interface Setting {
  readonly key: string;
  readonly value: unknown;
  readonly unit: string;
  readonly origin: SettingOrigin["origin"];
  /** The config file's value where a runtime one wins over it. */
  readonly shadowed: unknown;
  readonly description: string;
}

export async function getSettings(
  key: string | undefined,
  options: RemoteOptions & { readonly output: Format },
): Promise<void> {
  if (key !== undefined) assertKey(key);
  const origins = await originsOf(options);
  const settings = origins
    .filter(({ path }) => key === undefined || path === key)
    .map(({ path, value, origin, shadowed }) => ({ key: path, value, origin, shadowed, ...meaningOf(path) }));
  printItems(settings, options.output, showing);
}

async function originsOf(options: RemoteOptions): Promise<readonly SettingOrigin[]> {
  // What holds is what the daemon goes by, whatever the file says by now.
  const daemon = await daemonFor(options);
  if (daemon !== null) return (await daemon.get("/api/dashboard/config", originsShape, { origins: 1 })).origins;
  const config = await configOrDefaults(options);
  using database = openIfPresent(config.data);
  return new SettingsService(config, database ? storedRuntime(new Reader(database)) : {}).origins();
}

const originsShape = z.object({ origins: z.array(settingOriginShape) });

const showing: Showing<Setting> = {
  idOf: ({ key }) => key,
  none: "no settings",
  columns: [
    { head: "KEY", text: ({ key }) => key, tone: () => "strong" },
    { head: "VALUE", text: ({ value }) => settingOf(value), align: "right" },
    { head: "UNIT", text: ({ unit }) => unit, leaves: 1 },
    {
      head: "ORIGIN",
      text: ({ origin, shadowed }) =>
        shadowed === null ? origin : `${origin}, shadows ${settingOf(shadowed)} in the file`,
      tone: ({ shadowed }) => (shadowed === null ? null : "notable"),
      widthMin: 7,
    },
    { head: "MEANING", text: ({ description }) => description, widthMin: 12 },
  ],
};
