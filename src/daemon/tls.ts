import { statSync } from "node:fs";
import type { Config } from "../config";
import type { CertificateSpan } from "../core/observation";
import type { Log } from "../telemetry/log";
import { readCertificate, type Certificate } from "./certificate";
import { StartError } from "./start-error";

export interface RenewalDeps {
  readonly log: Log;
  /** Epoch ms. */
  readonly now: () => number;
  /** Lets it be served in place of the one before. Throws StartError where nothing listens any more. */
  readonly changed: (certificate: Certificate) => void;
  /** The port is gone with the old certificate: the daemon is to stop for this reason. */
  readonly lost: (why: StartError) => void;
  /** Called again and again: what cannot be stored now is stored later. */
  readonly served: (certificate: CertificateSpan | null) => void;
}

/** The certificate that is served, and why the one in its files is not, if so. */
export type CertificateStatus = CertificateSpan & { readonly refused: string | null };

/**
 * The certificate that is served, and those that come after it: the files are read again when they change; what cannot
 * be used is refused and the one before stays.
 */
export class CertificateRenewal implements Disposable {
  #current: Certificate | null;
  #refused: string | null = null;
  #seen: string;
  readonly #timer: Timer | null;

  constructor(
    private readonly config: Pick<Config, "tls">,
    first: Certificate | null,
    private readonly deps: RenewalDeps,
  ) {
    this.#current = first;
    this.#seen = stampsOf(config);
    this.#timer =
      first === null
        ? null
        : setInterval(() => {
            this.#check();
            this.publish();
          }, pollEveryMs);
    this.#logDoubt();
  }

  /** Null where plain HTTP is served. */
  get status(): CertificateStatus | null {
    return this.#current === null ? null : { ...spanOf(this.#current), refused: this.#refused };
  }

  publish(): void {
    this.deps.served(this.#current === null ? null : spanOf(this.#current));
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** What was refused is tried again as it is: it may have been laid there before its time. */
  #check(): void {
    const stamps = stampsOf(this.config);
    const isNew = stamps !== this.#seen;
    if (!isNew && this.#refused === null) return;
    this.#seen = stamps;
    const certificate = this.#read(isNew);
    if (certificate === null || !this.#serve(certificate)) return;
    this.#current = certificate;
    this.#refused = null;
    this.deps.log.info(
      { certificate: certificate.name, ends: new Date(certificate.endsAt).toISOString() },
      "the certificate was read again and is served from now on",
    );
    this.#logDoubt();
  }

  /** Null where it is refused. */
  #read(isNew: boolean): Certificate | null {
    try {
      return readCertificate(this.config, this.deps.now());
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      this.#refused = error.message;
      if (isNew) this.deps.log.error(`the new certificate is refused, the old one stays: ${error.message}`);
      return null;
    }
  }

  /** False where nothing listens any more. */
  #serve(certificate: Certificate): boolean {
    try {
      this.deps.changed(certificate);
      return true;
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      this[Symbol.dispose]();
      this.deps.lost(error);
      return false;
    }
  }

  #logDoubt(): void {
    const doubt = this.#current?.doubt ?? null;
    if (doubt !== null) this.deps.log.warn(doubt);
  }
}

const pollEveryMs = 2000;

function spanOf({ name, startsAt, endsAt }: Certificate): CertificateSpan {
  return { name, startsAt, endsAt };
}

function stampsOf({ tls }: Pick<Config, "tls">): string {
  return tls === null ? "" : [tls.cert, tls.key].map(stampOf).join();
}

function stampOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : null;
}
