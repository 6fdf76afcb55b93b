import { whyNotSigningKey } from "../auth/signing-key";
import type { Config } from "../config";
import { whyNotAFolder } from "../ingest/report-sources";
import { readCertificate, type Certificate } from "./certificate";
import { StartError } from "./start-error";
import { whyNotWithoutSignIn } from "./without-sign-in";

/** Why a start by this config is refused, and what to do. */
export interface Obstacle {
  readonly kind: "secret" | "sign-in" | "folder" | "signing-key" | "certificate";
  readonly message: string;
}

/**
 * The one judge of whether a start can work, for the start itself and whoever asks beforehand; `certificate` is what
 * would be served. Makes nothing.
 */
export async function judgeStart(
  config: Config,
  now: number,
): Promise<{ readonly obstacles: readonly Obstacle[]; readonly certificate: Certificate | null }> {
  const { certificate, refused } = judgeCertificate(config, now);
  const folders = await Promise.all(
    config.sources.map(async ({ name, dir }) => {
      const why = await whyNotAFolder(dir);
      return why === null ? null : `the folder of the source ${name} cannot be used: ${dir}: ${why}`;
    }),
  );
  const found: readonly (readonly [Obstacle["kind"], string | null])[] = [
    ...config.missingSecrets.map((message) => ["secret", message] as const),
    ["sign-in", whyNotWithoutSignIn(config)],
    ...folders.map((message) => ["folder", message] as const),
    ["signing-key", whyNotSigningKey(config.data, config.jwtSecret)],
    ["certificate", refused],
  ];
  return { certificate, obstacles: found.flatMap(([kind, message]) => (message === null ? [] : [{ kind, message }])) };
}

/** Each on a line of its own. */
export function logObstacles(obstacles: readonly Obstacle[]): string {
  return obstacles.map(({ message }) => message).join("\n");
}

/** What would be served, or why it would be refused. */
export function judgeCertificate(
  config: Pick<Config, "tls">,
  now: number,
): { readonly certificate: Certificate | null; readonly refused: string | null } {
  try {
    return { certificate: readCertificate(config, now), refused: null };
  } catch (error) {
    if (error instanceof StartError) return { certificate: null, refused: error.message };
    throw error;
  }
}
