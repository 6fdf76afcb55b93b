/** The config cannot be used; each line names the place and what was expected there. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
