import { loadConfig, type Config } from "../../config";
import { dataFolder } from "../../config/environment";
import type { PlaceOptions } from "../options";

/** What is examined: the data folder and, where it can be read, the config. */
export interface Patient {
  readonly data: string;
  readonly config: Config | { readonly refused: string };
}

export async function patientFrom(options: PlaceOptions): Promise<Patient> {
  const data = dataFolder(options.data);
  try {
    return { data, config: await loadConfig(options) };
  } catch (error) {
    if (error instanceof Error && error.name === "ConfigError") return { data, config: { refused: error.message } };
    throw error;
  }
}
