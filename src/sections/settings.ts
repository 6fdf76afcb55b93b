import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { judgeConfig } from "../views/health-checks";

/** What holds by the config file and above it. */
export function settingsSection({ settings, configRefused }: DaemonParts): Section {
  return {
    name: "settings",
    health: () => [
      { name: "config", judge: () => judgeConfig({ path: settings.config.path, refused: configRefused() }) },
    ],
  };
}
