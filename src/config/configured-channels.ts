import type { Channel } from "../notify/deliver-deps";
import { kindOf, settingsIssues, settingsWithSecrets, type ReadChannel } from "./channels";
import { ConfigError } from "./config-error";
import type { SecretReference } from "./secret";

/**
 * The channels of the config with their secrets read; one whose secret is not set is left out, which a start refuses.
 * Throws ConfigError.
 */
export function configuredChannels(
  channels: readonly ReadChannel[],
  secretIn: (path: string) => (reference: SecretReference) => string | null,
): Channel[] {
  const twice = channels.find(({ name }, index) => channels.findIndex((other) => other.name === name) < index);
  if (twice) throw new ConfigError(`config: channels: two are called ${twice.name}, and a name is one channel's`);
  return channels.flatMap((read) => {
    const { name, giveUpMs } = read;
    const kind = kindOf(read.kind);
    const path = `channels.${name}`;
    const settings = settingsWithSecrets(read, (at, reference) => secretIn(`${path}.${at}`)(reference));
    if (kind === undefined || settings === null) return [];
    const issues = settingsIssues(read.kind, settings);
    if (issues.length > 0)
      throw new ConfigError(issues.map((issue) => `config: ${path}.${issue.path}: ${issue.message}`).join("\n"));
    return [{ name, kind, settings, giveUpMs }];
  });
}
