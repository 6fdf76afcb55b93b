import { isLoopback } from "../api/hosts";
import type { Config } from "../config";

/** Why sign-in cannot be off: what says that others than this machine come. Null where sign-in is required, or nothing says so. */
export function whyNotWithoutSignIn(
  config: Pick<Config, "auth" | "host" | "publicUrl" | "proxies" | "allowedHosts" | "basePath" | "serverSettings">,
): string | null {
  if (config.auth === "required") return null;
  const isGiven = othersCome(config);
  if (isGiven.length === 0) return null;
  return (
    `VIRTUOSO_AUTH=off with ${isGiven.join(", ")}: whoever reaches it could read and change everything; ` +
    "without sign-in only this machine is served, directly (127.0.0.1, ::1 or localhost). Leave " +
    "VIRTUOSO_AUTH out: virtuoso signin-link makes the first account"
  );
}

/** Each setting that says so, with who made it. */
export function othersCome({
  host,
  publicUrl,
  proxies,
  allowedHosts,
  basePath,
  serverSettings,
}: Pick<Config, "host" | "publicUrl" | "proxies" | "allowedHosts" | "basePath" | "serverSettings">): string[] {
  const settings: readonly (readonly [name: string, value: string, said: boolean])[] = [
    ["host", host, !isLoopback(host)],
    [
      "publicUrl",
      publicUrl ?? "",
      publicUrl !== null && !isLoopback(new URL(publicUrl).hostname.replaceAll(/[[\]]/g, "")),
    ],
    ["proxies", proxies.join(","), proxies.length > 0],
    ["allowedHosts", allowedHosts.join(","), allowedHosts.length > 0],
    ["basePath", basePath, basePath !== ""],
  ];
  return settings.flatMap(([name, value, isGiven]) =>
    isGiven
      ? [
          `server.${name} ${value} (${serverSettings.find((each) => each.name === `server.${name}`)?.origin ?? "default"})`,
        ]
      : [],
  );
}
