import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Config } from "../config";
import { formatDay } from "../core/text";
import { chainOf, doubtAbout, nameOf } from "./certificate-chain";
import { StartError } from "./start-error";

/** A certificate that may be served, with its chain and its key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** Whom it names first. */
  readonly name: string;
  /** Epoch ms. */
  readonly startsAt: number;
  /** When it, or what it is vouched for by in the same file, ends, epoch ms. */
  readonly endsAt: number;
  /** What a browser may stumble over all the same, for a person; null where nothing is. */
  readonly doubt: string | null;
}

/**
 * The one judge of a certificate, for a start, a renewal and whoever asks beforehand. Null where plain HTTP is served.
 * Throws StartError with what is wrong and what to do.
 */
export function readCertificate({ tls }: Pick<Config, "tls">, now: number): Certificate | null {
  if (tls === null) return null;
  const cert = readPem("cert", tls.cert);
  const key = readPem("key", tls.key);
  const [own, ...others] = certificatesIn(cert, tls.cert);
  assertKeyFits(own, others, privateKeyIn(key, tls.key), tls);
  const chain = chainOf(own, others);
  for (const each of chain)
    assertInTime(each, each === own ? tls.cert : `${tls.cert}: the certificate of ${nameOf(each)} in its chain`, now);
  assertServable({ cert, key }, tls);
  return {
    cert,
    key,
    name: nameOf(own),
    startsAt: Date.parse(own.validFrom),
    endsAt: Math.min(...chain.map(({ validTo }) => Date.parse(validTo))),
    doubt: doubtAbout(own, chain, tls.cert),
  };
}

/**
 * Ciphers of TLS 1.2 that keep what was said secret when the key is lost later, and that cannot be tampered with
 * unseen; those of 1.3 all do.
 * Bun would take RSA key exchange and CBC too.
 */
const ciphers = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
].join(":");

/** As Bun.serve takes it: TLS 1.2 and 1.3, nothing older. */
export function tlsOptions({ cert, key }: Pick<Certificate, "cert" | "key">): {
  readonly cert: string;
  readonly key: string;
  readonly ciphers: string;
} {
  return { cert, key, ciphers };
}

function readPem(which: "cert" | "key", path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new StartError(`server.tls.${which}: ${path} cannot be read: ${wordsOf(error)}`);
  }
}

function certificatesIn(pem: string, path: string): [X509Certificate, ...X509Certificate[]] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  const [own, ...others] = blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch (error) {
      throw new StartError(`server.tls.cert: certificate ${index + 1} in ${path} is damaged: ${wordsOf(error)}`);
    }
  });
  if (own === undefined)
    throw new StartError(`server.tls.cert: ${path} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)`);
  return [own, ...others];
}

function privateKeyIn(pem: string, path: string): KeyObject {
  if (/ENCRYPTED/.test(pem))
    throw new StartError(
      `server.tls.key: ${path} is sealed with a passphrase, which the daemon does not have: openssl pkey ` +
        `-in ${path} -out OPEN_KEY makes one without`,
    );
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new StartError(`server.tls.key: ${path} holds no private key in PEM: ${wordsOf(error)}`);
  }
}

function assertKeyFits(
  own: X509Certificate,
  others: readonly X509Certificate[],
  key: KeyObject,
  paths: { readonly cert: string; readonly key: string },
): void {
  if (own.checkPrivateKey(key)) return;
  const fitting = others.findIndex((other) => other.checkPrivateKey(key));
  if (fitting >= 0)
    throw new StartError(
      `server.tls.cert: the key fits certificate ${fitting + 2} in ${paths.cert}: that one must be its ` +
        "first, those that vouch for it after it",
    );
  throw new StartError(
    `server.tls: ${paths.key} is not the key of the certificate in ${paths.cert} (of ${nameOf(own)})`,
  );
}

function assertInTime({ validFrom, validTo }: X509Certificate, what: string, now: number): void {
  const clock = `this machine's clock shows ${formatDay(now)}`;
  if (now >= Date.parse(validTo))
    throw new StartError(
      `server.tls.cert: ${what} ended on ${formatDay(Date.parse(validTo))}, no browser takes it any more: renew it (${clock})`,
    );
  if (now < Date.parse(validFrom))
    throw new StartError(`server.tls.cert: ${what} is not valid before ${formatDay(Date.parse(validFrom))} (${clock})`);
}

/** Tried on a port of its own: what does not work must not take the place of what does. */
function assertServable(
  pair: Pick<Certificate, "cert" | "key">,
  paths: { readonly cert: string; readonly key: string },
): void {
  try {
    void Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      tls: tlsOptions(pair),
      fetch: () => new Response(null, { status: 404 }),
    }).stop(true);
  } catch (error) {
    throw new StartError(`server.tls: ${paths.cert} and ${paths.key} cannot be used together: ${wordsOf(error)}`);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
