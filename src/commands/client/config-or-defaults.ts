import { loadConfigOrDefaults, type Config } from "../../config";
import type { PlaceOptions } from "../options";
import { remark } from "../print/print";

/**
 * For a command that can do its work without the file: what is wrong with that is said beside the answer.
 * Throws ConfigError for what is wrong elsewhere.
 */
export async function configOrDefaults(options: PlaceOptions): Promise<Config> {
  const { config, refused } = await loadConfigOrDefaults(options);
  if (refused !== null) remark(`warning: the config cannot be used, the defaults stand in its place here\n${refused}`);
  return config;
}
