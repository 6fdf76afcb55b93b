import { readFileSync, statSync } from "node:fs";
import type { Config } from "../config";
import type { Log } from "../telemetry/log";
import { StartError } from "./start-error";

/** A certificate with its chain and its key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Null where plain HTTP is served. Throws StartError where the files are not there or do not belong together. */
export function readCertificate({ tls }: Pick<Config, "tls">): Certificate | null {
  if (tls === null) return null;
  const certificate = { cert: readPem("cert", tls.cert), key: readPem("key", tls.key) };
  try {
    // Tried on a port of its own: what does not work must not take the place of what does.
    void Bun.serve({ hostname: "127.0.0.1", port: 0, tls: certificate, fetch: () => new Response(null, { status: 404 }) }).stop(true);
  } catch (error) {
    throw new StartError(`server.tls: ${tls.cert} and ${tls.key} cannot be used together: ${error instanceof Error ? error.message : String(error)}`);
  }
  return certificate;
}

const lookEveryMs = 2000;

/** Reads the files again when they change; ones that cannot be used are refused and the old certificate stays. */
export function followCertificate(config: Pick<Config, "tls">, log: Log, changed: (certificate: Certificate) => void): Disposable {
  const { tls } = config;
  if (tls === null) return { [Symbol.dispose]: () => undefined };
  const stamps = () => [tls.cert, tls.key].map(stampOf).join();
  let seen = stamps();
  const timer = setInterval(() => {
    const now = stamps();
    if (now === seen) return;
    seen = now;
    try {
      const certificate = readCertificate(config);
      if (certificate === null) return;
      changed(certificate);
      log.info({ cert: tls.cert }, "the certificate was read again and is served from now on");
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      log.error(`the new certificate is refused, the old one stays: ${error.message}`);
    }
  }, lookEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function readPem(which: "cert" | "key", path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new StartError(`server.tls.${which}: ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function stampOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : null;
}
