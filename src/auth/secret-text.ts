import { createHash, randomBytes } from "node:crypto";

/** A text that cannot be guessed: 256 bits. */
export function newSecretText(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of such a text. One so long needs no slow hash. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
