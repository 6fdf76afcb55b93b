import { nameOf } from "../hosts";

/** A year, as browsers take it. */
export const strictTransport = "max-age=31536000";

/**
 * Whose answers by TLS say that their host is only to be asked that way. A browser believes it of every port of the
 * host for a year, so nobody's
 * `localhost` or home server is given that unasked: where it is not a setting, only the host of an https public URL is.
 */
export class StrictTransport {
  readonly #everywhere: boolean;
  readonly #host: string | null;

  constructor(wanted: boolean | null, publicUrl: string | null) {
    this.#everywhere = wanted === true;
    this.#host = wanted === null && publicUrl?.startsWith("https:") ? new URL(publicUrl).hostname : null;
  }

  /** `host`: the header of that name. */
  heldOn(host: string | null): boolean {
    return this.#everywhere || (this.#host !== null && host !== null && nameOf(host) === this.#host);
  }
}
