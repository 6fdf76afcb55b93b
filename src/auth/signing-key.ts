import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newSecretText } from "./secret-text";

/** What access tokens are signed with, and its name in their header. */
export interface SigningKey {
  readonly kid: string;
  readonly key: Uint8Array<ArrayBuffer>;
}

/** The secret cannot be used as it is; the message says why and what to do. */
export class SigningKeyError extends Error {
  override readonly name = "SigningKeyError";
}

const charactersMin = 32;

/** What stands in the way of signing with it; null where nothing does, or it is still to be made. Makes nothing. */
export function whyNotSigningKey(data: string, given: string | null): string | null {
  try {
    if (given !== null || existsSync(pathOf(data))) signingKey(data, given);
    return null;
  } catch (error) {
    if (error instanceof SigningKeyError) return error.message;
    throw error;
  }
}

/** The given secret, or that of the data folder, made once and readable by its owner alone. Throws SigningKeyError. */
export function signingKey(data: string, given: string | null): SigningKey {
  const secret = given ?? secretOf(pathOf(data));
  if (secret.length < charactersMin)
    throw new SigningKeyError(
      `the secret for tokens has fewer than ${charactersMin} characters: make one with openssl rand -base64 48`,
    );
  return {
    kid: createHash("sha256").update(`kid ${secret}`).digest("hex").slice(0, 8),
    key: new TextEncoder().encode(secret),
  };
}

function secretOf(path: string): string {
  if (!existsSync(path)) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, `${newSecretText()}\n`, { mode: 0o600, flag: "wx" });
  }
  if ((statSync(path).mode & 0o077) !== 0)
    throw new SigningKeyError(
      `${path} can be read by others: chmod 600 ${path}, or remove it and everyone signs in again`,
    );
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new SigningKeyError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function pathOf(data: string): string {
  return join(data, "jwt.secret");
}
