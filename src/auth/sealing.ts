import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

/** What was sealed cannot be opened; the message says why and what to do. */
export class SealError extends Error {
  override readonly name = "SealError";
  constructor(
    readonly code: "no-key" | "other-key" | "damaged" | "open-to-others",
    message: string,
  ) {
    super(message);
  }
}

const prefix = "sealed:";
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export function isSealed(text: string): boolean {
  return text.startsWith(prefix);
}

/**
 * Keeps secrets that must be computed with where a copy of the database does not reveal them: AES-256-GCM, the key in
 * `seal.key` of the data folder, its owner's alone, made when the first secret is sealed. `purpose` says whose it is: a
 * sealed text put in another's place does not open.
 */
export class Sealer {
  readonly path: string;

  constructor(data: string) {
    this.path = join(data, "seal.key");
  }

  /** `sealed:KEY:...`, base64url. Throws SealError, and what the disk throws. */
  seal(text: string, purpose: string): string {
    if (!existsSync(this.path)) this.#makeKey();
    const key = this.#key();
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose));
    const body = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `${prefix}${nameOf(key)}:${body.toString("base64url")}`;
  }

  /** Throws SealError. */
  unseal(sealed: string, purpose: string): string {
    const [, name, text = ""] = sealed.split(":");
    const key = this.#key();
    if (name !== nameOf(key))
      throw new SealError(
        "other-key",
        `${this.path} is not the key this was sealed with: put the one back that belongs to this database`,
      );
    const body = Buffer.from(text, "base64url");
    try {
      const decipher = createDecipheriv("aes-256-gcm", key, body.subarray(0, nonceBytes)).setAAD(Buffer.from(purpose));
      decipher.setAuthTag(body.subarray(-tagBytes));
      return Buffer.concat([decipher.update(body.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString("utf8");
    } catch (error) {
      throw new SealError(
        "damaged",
        `what was sealed for ${purpose} was changed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /** Why nothing sealed can be opened now; null where it can. */
  get trouble(): SealError | null {
    try {
      this.#key();
      return null;
    } catch (error) {
      if (error instanceof SealError) return error;
      throw error;
    }
  }

  #key(): Buffer {
    if (!existsSync(this.path))
      throw new SealError(
        "no-key",
        `${this.path} is missing, and what was sealed with it cannot be read: put it back beside the database`,
      );
    if ((statSync(this.path).mode & 0o077) !== 0)
      throw new SealError("open-to-others", `${this.path} can be read by others: chmod 600 ${this.path}`);
    const key = Buffer.from(readFileSync(this.path, "utf8").trim(), "base64url");
    if (key.length !== keyBytes)
      throw new SealError(
        "damaged",
        `${this.path} is no key of ${keyBytes} bytes: put the one back that belongs to this database`,
      );
    return key;
  }

  /** On the disk before anything is sealed with it. */
  #makeKey(): void {
    mkdirSync(join(this.path, ".."), { recursive: true });
    const file = openSync(this.path, "wx", 0o600);
    try {
      writeSync(file, `${randomBytes(keyBytes).toString("base64url")}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

function nameOf(key: Buffer): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}
