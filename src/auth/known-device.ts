import { createHmac, timingSafeEqual } from "node:crypto";
import { newSecretText } from "./secret-text";
import type { SigningKey } from "./signing-key";

/**
 * For a browser an account has signed in with: what strangers try at the account elsewhere does not lock it out. It
 * opens nothing by itself.
 */
export function newDeviceToken(signing: SigningKey, accountId: number): string {
  const id = newSecretText();
  return `${id}.${proofOf(signing, accountId, id)}`;
}

/** The device that shows this token; null where it is none of this account's. */
export function knownDevice(signing: SigningKey, accountId: number, token: string | null): string | null {
  const [id = "", proof = ""] = token?.split(".") ?? [];
  const [given, wanted] = [Buffer.from(proof), Buffer.from(proofOf(signing, accountId, id))];
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? id : null;
}

function proofOf({ key }: SigningKey, accountId: number, id: string): string {
  return createHmac("sha256", key).update(`device ${accountId} ${id}`).digest("base64url");
}
