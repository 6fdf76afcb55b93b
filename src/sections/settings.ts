import { Problem } from "../api/problems";
import { settingsRoutes } from "../api/routes/settings";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { previewChange } from "../replay/preview";
import { SettingsError, settingsSchema, type By, type SettingsService } from "../settings";
import { judgeConfig } from "../views/health-checks";
import { settingsHistory } from "../views/settings-history";
import { isoOf } from "../views/shape";

/** What holds by the config file and, above it, by what was set at run time. */
export function settingsSection(parts: DaemonParts): Section {
  const { settings, reader, database, configRefused, now } = parts;
  return {
    name: "settings",
    routes: settingsRoutes({
      isoNow: () => isoOf(now()),
      config: () => ({ tunables: settings.tunables, etag: tagOf(settings) }),
      origins: () => settings.origins(),
      configSchema: settingsSchema,
      changeConfig: (patch, by) => change(parts, { patch, ...by }),
      unsetConfig: (key, by) => change(parts, { unset: [key], ...by }),
      settingsHistory: (limit) => settingsHistory(reader, limit),
      preview: (patch) => previewChange(database, settings, patch, now()),
    }),
    health: () => [
      { name: "config", judge: () => judgeConfig({ path: settings.config.path, refused: configRefused() }) },
    ],
  };
}

/** Throws Problem. */
function change(
  { writer, settings }: DaemonParts,
  wanted: { readonly patch?: unknown; readonly unset?: readonly string[] } & By,
): void {
  try {
    if (!settings.change(writer, wanted)) throw new Problem("not-stored", writer.trouble ?? undefined);
  } catch (error) {
    if (error instanceof SettingsError) throw new Problem("validation", undefined, error.issues);
    throw error;
  }
}

function tagOf(settings: SettingsService): string {
  return `"${Bun.hash(JSON.stringify(settings.tunables)).toString(36)}"`;
}
